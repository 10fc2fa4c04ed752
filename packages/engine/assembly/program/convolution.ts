// Convolutions as products over the overlapping windows of zero-bordered images: nothing is unrolled in memory.
// Kernels lie in panels of 8 filters, [panels][kernelRows][run][8]; a run is a window's row, columns × channels.
// All strides are in bytes. x and y are the addresses of the first window's first value and of the first pixel.
import { multiplyAdd } from "./fused";
import { BLOCK, gradientOfBlock, packInputs, packSlopes } from "./packed-gradient";

/** y = window · kernel + bias for every place of a window. Pixels are 8 · panels wide. */
@unmanaged
export class Convolution {
  images: i32;
  /** Places of the window. */
  height: i32;
  width: i32;
  kernelRows: i32;
  run: i32;
  panels: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  /** From a window to the one below, and to the one beside it. */
  xDown: i32;
  xAcross: i32;
  kernel: usize;
  bias: usize;
  y: usize;
  yImage: i32;
  yRow: i32;
  yPixel: i32;
  relu: i32;
}

export function convolution(call: Convolution): void {
  const panels = <usize>call.panels;
  let j: usize = 0;
  if (call.width > 1) for (; j + 1 < panels; j += 2) ofTwo(call, j);
  for (; j < panels; j++) ofOne(call, j);
}

/** Two panels, two places at a time: fewer loads and addresses than the other way round. */
function ofTwo(call: Convolution, j: usize): void {
  const zero = f32x4.splat(0);
  const runBytes = (<usize>call.run) << 2;
  const kernelRows = call.kernelRows;
  const xRow = <usize>call.xRow;
  const across = <usize>call.xAcross;
  const yPixel = <usize>call.yPixel;
  const width = call.width;
  const panelBytes = (<usize>kernelRows * runBytes) << 3;
  const panel = call.kernel + j * panelBytes;
  let first = zero;
  let second = zero;
  let third = zero;
  let fourth = zero;
  if (call.bias) {
    first = v128.load(call.bias + (j << 5));
    second = v128.load(call.bias + (j << 5), 16);
    third = v128.load(call.bias + (j << 5), 32);
    fourth = v128.load(call.bias + (j << 5), 48);
  }
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      const xStart = call.x + <usize>(n * call.xImage + i * call.xDown);
      const yStart = call.y + <usize>(n * call.yImage + i * call.yRow) + (j << 5);
      // The last two places may overlap those before: the one that does gets the same values again.
      for (let column = 0; column < width; column += 2) {
        if (column + 2 > width) column = width - 2;
        let corner = xStart + <usize>column * across;
        let c00 = first;
        let c01 = second;
        let c02 = third;
        let c03 = fourth;
        let c10 = first;
        let c11 = second;
        let c12 = third;
        let c13 = fourth;
        let b = panel;
        for (let u = 0; u < kernelRows; u++) {
          let x0 = corner;
          let x1 = x0 + across;
          const end = corner + runBytes;
          while (x0 != end) {
            const beside = b + panelBytes;
            const s0 = v128.load32_splat(x0);
            const s1 = v128.load32_splat(x1);
            const b0 = v128.load(b);
            c00 = multiplyAdd(s0, b0, c00);
            c10 = multiplyAdd(s1, b0, c10);
            const b1 = v128.load(b, 16);
            c01 = multiplyAdd(s0, b1, c01);
            c11 = multiplyAdd(s1, b1, c11);
            const b2 = v128.load(beside);
            c02 = multiplyAdd(s0, b2, c02);
            c12 = multiplyAdd(s1, b2, c12);
            const b3 = v128.load(beside, 16);
            c03 = multiplyAdd(s0, b3, c03);
            c13 = multiplyAdd(s1, b3, c13);
            x0 += 4;
            x1 += 4;
            b += 32;
          }
          corner += xRow;
        }
        if (call.relu) {
          c00 = f32x4.max(c00, zero);
          c01 = f32x4.max(c01, zero);
          c02 = f32x4.max(c02, zero);
          c03 = f32x4.max(c03, zero);
          c10 = f32x4.max(c10, zero);
          c11 = f32x4.max(c11, zero);
          c12 = f32x4.max(c12, zero);
          c13 = f32x4.max(c13, zero);
        }
        const y0 = yStart + <usize>column * yPixel;
        const y1 = y0 + yPixel;
        v128.store(y0, c00);
        v128.store(y0, c01, 16);
        v128.store(y0, c02, 32);
        v128.store(y0, c03, 48);
        v128.store(y1, c10);
        v128.store(y1, c11, 16);
        v128.store(y1, c12, 32);
        v128.store(y1, c13, 48);
      }
    }
  }
}

/** One panel, four places at a time. */
function ofOne(call: Convolution, j: usize): void {
  const zero = f32x4.splat(0);
  const runBytes = (<usize>call.run) << 2;
  const kernelRows = call.kernelRows;
  const xRow = <usize>call.xRow;
  const across = <usize>call.xAcross;
  const yPixel = <usize>call.yPixel;
  const width = call.width;
  const panelBytes = (<usize>kernelRows * runBytes) << 3;
  const panel = call.kernel + j * panelBytes;
  let first = zero;
  let second = zero;
  if (call.bias) {
    first = v128.load(call.bias + (j << 5));
    second = v128.load(call.bias + (j << 5), 16);
  }
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      const xStart = call.x + <usize>(n * call.xImage + i * call.xDown);
      const yStart = call.y + <usize>(n * call.yImage + i * call.yRow) + (j << 5);
      // The last four places may have been computed before: they get the same values again.
      for (let column = 0; width >= 4 && column < width; column += 4) {
        if (column + 4 > width) column = width - 4;
        let corner = xStart + <usize>column * across;
        let c00 = first;
        let c01 = second;
        let c10 = first;
        let c11 = second;
        let c20 = first;
        let c21 = second;
        let c30 = first;
        let c31 = second;
        let b = panel;
        for (let u = 0; u < kernelRows; u++) {
          let x0 = corner;
          let x1 = x0 + across;
          let x2 = x1 + across;
          let x3 = x2 + across;
          const end = corner + runBytes;
          while (x0 != end) {
            const b0 = v128.load(b);
            const b1 = v128.load(b, 16);
            const s0 = v128.load32_splat(x0);
            c00 = multiplyAdd(s0, b0, c00);
            c01 = multiplyAdd(s0, b1, c01);
            const s1 = v128.load32_splat(x1);
            c10 = multiplyAdd(s1, b0, c10);
            c11 = multiplyAdd(s1, b1, c11);
            const s2 = v128.load32_splat(x2);
            c20 = multiplyAdd(s2, b0, c20);
            c21 = multiplyAdd(s2, b1, c21);
            const s3 = v128.load32_splat(x3);
            c30 = multiplyAdd(s3, b0, c30);
            c31 = multiplyAdd(s3, b1, c31);
            x0 += 4;
            x1 += 4;
            x2 += 4;
            x3 += 4;
            b += 32;
          }
          corner += xRow;
        }
        if (call.relu) {
          c00 = f32x4.max(c00, zero);
          c01 = f32x4.max(c01, zero);
          c10 = f32x4.max(c10, zero);
          c11 = f32x4.max(c11, zero);
          c20 = f32x4.max(c20, zero);
          c21 = f32x4.max(c21, zero);
          c30 = f32x4.max(c30, zero);
          c31 = f32x4.max(c31, zero);
        }
        const y0 = yStart + <usize>column * yPixel;
        const y1 = y0 + yPixel;
        const y2 = y1 + yPixel;
        const y3 = y2 + yPixel;
        v128.store(y0, c00);
        v128.store(y0, c01, 16);
        v128.store(y1, c10);
        v128.store(y1, c11, 16);
        v128.store(y2, c20);
        v128.store(y2, c21, 16);
        v128.store(y3, c30);
        v128.store(y3, c31, 16);
      }
      if (width >= 4) continue;
      for (let column = 0; column < width; column++) {
        let corner = xStart + <usize>column * across;
        let low = first;
        let high = second;
        let b = panel;
        for (let u = 0; u < kernelRows; u++) {
          const end = corner + runBytes;
          for (let x = corner; x != end; x += 4) {
            const s = v128.load32_splat(x);
            low = multiplyAdd(s, v128.load(b), low);
            high = multiplyAdd(s, v128.load(b, 16), high);
            b += 32;
          }
          corner += xRow;
        }
        if (call.relu) {
          low = f32x4.max(low, zero);
          high = f32x4.max(high, zero);
        }
        const y = yStart + <usize>column * yPixel;
        v128.store(y, low);
        v128.store(y, high, 16);
      }
    }
  }
}

/**
 * Gradients of a convolution's kernel and bias, from the gradient dz by what it gave: both are written, not added to.
 * Sums are taken image by image, which keeps rounding small. `run` may not be a multiple of 4: what lies behind a run
 * is read into lanes that are never stored.
 */
@unmanaged
export class ConvolutionGradient {
  images: i32;
  height: i32;
  width: i32;
  kernelRows: i32;
  run: i32;
  panels: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  xDown: i32;
  xAcross: i32;
  dz: usize;
  dzImage: i32;
  dzRow: i32;
  dzPixel: i32;
  dKernel: usize;
  dBias: usize;
  /** Room for a block of windows, 64 × (run + 8) values. */
  packed: usize;
}

export function convolutionGradient(call: ConvolutionGradient): void {
  if (call.height == 1 && call.kernelRows == 1 && !(call.run & 3)) lineGradient(call);
  else imageGradient(call);
}

/** Of windows in one line: in blocks, over the borders between records where there are none. */
function lineGradient(call: ConvolutionGradient): void {
  const run = call.run;
  const across = <usize>call.xAcross;
  const dzPixel = <usize>call.dzPixel;
  const isOneLine = call.xImage == call.width * call.xAcross && call.dzImage == call.width * call.dzPixel;
  const lines = isOneLine ? 1 : call.images;
  const places = isOneLine ? call.images * call.width : call.width;
  const panelBytes = (<usize>run) << 5;
  const slopes = call.packed + ((<usize>(BLOCK * run)) << 2);
  memory.fill(call.dBias, 0, (<usize>call.panels) << 5);
  let add = false;
  for (let n = 0; n < lines; n++) {
    for (let place = 0; place < places; place += BLOCK) {
      const count = min(BLOCK, places - place);
      const x = call.x + <usize>(n * call.xImage) + <usize>place * across;
      const dz = call.dz + <usize>(n * call.dzImage) + <usize>place * dzPixel;
      packInputs(x, across, count, run, call.packed, (<usize>count) << 4);
      for (let j: usize = 0; j < <usize>call.panels; j++) {
        packSlopes(dz + (j << 5), dzPixel, count, slopes);
        addColumnSums(call.dBias + (j << 5), slopes, 1, 0, count, 32);
        gradientOfBlock(call.packed, slopes, count, run, call.dKernel + j * panelBytes, add);
      }
      add = true;
    }
  }
}

function imageGradient(call: ConvolutionGradient): void {
  const run = call.run;
  const across = <usize>call.xAcross;
  const dzPixel = <usize>call.dzPixel;
  const width = <usize>call.width;
  const height = call.height;
  const panelBytes = (<usize>(call.kernelRows * run)) << 5;
  memory.fill(call.dKernel, 0, <usize>call.panels * panelBytes);
  memory.fill(call.dBias, 0, (<usize>call.panels) << 5);
  for (let n = 0; n < call.images; n++) {
    const image = call.x + <usize>(n * call.xImage);
    const slopes = call.dz + <usize>(n * call.dzImage);
    for (let j: usize = 0; j < <usize>call.panels; j++) {
      const slope = slopes + (j << 5);
      addColumnSums(call.dBias + (j << 5), slope, height, call.dzRow, width, dzPixel);
      let to = call.dKernel + j * panelBytes;
      for (let u = 0; u < call.kernelRows; u++) {
        for (let t = 0; t < run; t += 4) {
          let c00 = f32x4.splat(0);
          let c01 = c00;
          let c10 = c00;
          let c11 = c00;
          let c20 = c00;
          let c21 = c00;
          let c30 = c00;
          let c31 = c00;
          for (let i = 0; i < height; i++) {
            let x = image + <usize>(i * call.xDown + u * call.xRow) + ((<usize>t) << 2);
            let dz = slope + <usize>(i * call.dzRow);
            const end = dz + width * dzPixel;
            while (dz != end) {
              const b0 = v128.load(dz);
              const b1 = v128.load(dz, 16);
              const s0 = v128.load32_splat(x);
              c00 = multiplyAdd(s0, b0, c00);
              c01 = multiplyAdd(s0, b1, c01);
              const s1 = v128.load32_splat(x, 4);
              c10 = multiplyAdd(s1, b0, c10);
              c11 = multiplyAdd(s1, b1, c11);
              const s2 = v128.load32_splat(x, 8);
              c20 = multiplyAdd(s2, b0, c20);
              c21 = multiplyAdd(s2, b1, c21);
              const s3 = v128.load32_splat(x, 12);
              c30 = multiplyAdd(s3, b0, c30);
              c31 = multiplyAdd(s3, b1, c31);
              x += across;
              dz += dzPixel;
            }
          }
          addTo(to, c00, c01);
          if (t + 1 < run) addTo(to + 32, c10, c11);
          if (t + 2 < run) addTo(to + 64, c20, c21);
          if (t + 3 < run) addTo(to + 96, c30, c31);
          to += <usize>(32 * min(4, run - t));
        }
      }
    }
  }
}

function addTo(to: usize, low: v128, high: v128): void {
  v128.store(to, f32x4.add(v128.load(to), low));
  v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
}

function addColumnSums(to: usize, from: usize, height: i32, row: i32, width: usize, pixel: usize): void {
  let low = f32x4.splat(0);
  let high = low;
  for (let i = 0; i < height; i++) {
    let at = from + <usize>(i * row);
    const end = at + width * pixel;
    while (at != end) {
      low = f32x4.add(low, v128.load(at));
      high = f32x4.add(high, v128.load(at, 16));
      at += pixel;
    }
  }
  addTo(to, low, high);
}
