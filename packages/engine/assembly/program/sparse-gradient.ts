// The backward pass of a convolution behind whose ReLU lies a 2 × 2 max-pool: of four places at most one has a gradient.
// Those places are listed, filter by filter; nothing is done for the others. That is a quarter of the dense work.
import { multiplyAdd } from "./fused";

/**
 * dKernel, dBias and dx from the pooled gradient. The kernel's gradient is written filter by filter, rows padded to
 * multiples of 4 values: [filters][kernelRows][wide]; the same order, without padding, has `kernel`, which only dx
 * needs. dBias and dx are added to; dx lies as x does, and its border gets values that nobody reads. Strides are in bytes.
 */
@unmanaged
export class SparseGradient {
  images: i32;
  /** Tiles. */
  height: i32;
  width: i32;
  filters: i32;
  /** Tile rows that are done together: their windows stay in the first cache. */
  band: i32;
  kernelRows: i32;
  run: i32;
  dy: usize;
  dyImage: i32;
  dyRow: i32;
  dyPixel: i32;
  /** As the forward pass left it, `channels` bytes a tile. */
  choice: usize;
  channels: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  /** From a window to the one below, and to the one beside it. */
  xDown: i32;
  xAcross: i32;
  /** 0: not wanted. */
  dx: usize;
  kernel: usize;
  /** 0: not wanted. */
  dKernel: usize;
  dBias: usize;
  /** Room for 8 · (1 + band · width) bytes. */
  list: usize;
}

export function sparseGradient(call: SparseGradient): void {
  const filters = <usize>call.filters;
  const kernelRows = <usize>call.kernelRows;
  const runBytes = (<usize>call.run) << 2;
  const wideBytes = (runBytes + 15) & ~15;
  const xRow = <usize>call.xRow;
  const list = call.list;
  const filterBytes = kernelRows * wideBytes;
  if (call.dKernel) memory.fill(call.dKernel, 0, filters * filterBytes);
  for (let n = 0; n < call.images; n++) {
    const imageAt = <usize>(n * call.xImage);
    for (let i = 0; i < call.height; i += call.band) {
      const rows = min(call.band, call.height - i);
      const bandAt = imageAt + <usize>(2 * i * call.xDown);
      for (let f: usize = 0; f < filters; f++) {
        const end = listPlaces(call, n, i, rows, f);
        if (end == list) continue;
        if (call.dKernel) {
          sumValues(list, end, call.dBias + (f << 2));
          let to = call.dKernel + f * filterBytes;
          let x = call.x + bandAt;
          if (wideBytes == 16 && kernelRows == 3) gatherColumn(list, end, x, xRow, to);
          else {
            for (let u: usize = 0; u < kernelRows; u++) {
              gatherRow(list, end, x, to, wideBytes);
              x += xRow;
              to += wideBytes;
            }
          }
        }
        if (call.dx) {
          let kernel = call.kernel + f * kernelRows * runBytes;
          let dx = call.dx + bandAt;
          for (let u: usize = 0; u < kernelRows; u++) {
            scatterRow(list, end, dx, kernel, runBytes);
            dx += xRow;
            kernel += runBytes;
          }
        }
      }
    }
  }
}

/** Lists the places of a band with a gradient by one filter: the window's offset, and the gradient. @returns the end */
function listPlaces(call: SparseGradient, n: i32, first: i32, rows: i32, f: usize): usize {
  const channels = <usize>call.channels;
  const dyPixel = <usize>call.dyPixel;
  const down = <usize>call.xDown;
  const across = <usize>call.xAcross;
  const width = call.width;
  let to = call.list;
  let choice = call.choice + <usize>((n * call.height + first) * width) * channels + f;
  for (let i = 0; i < rows; i++) {
    let dy = call.dy + <usize>(n * call.dyImage + (first + i) * call.dyRow) + (f << 2);
    let corner = <usize>(2 * i) * down;
    for (let j = 0; j < width; j++) {
      const k = <usize>load<u8>(choice);
      const value = load<f32>(dy);
      store<u32>(to, <u32>(corner + (k >> 1) * down + (k & 1) * across));
      store<f32>(to, value, 4);
      // Written always and kept where it counts: there is nothing to guess for the processor.
      to += (<usize>(i32(k < 4) & i32(value != 0))) << 3;
      choice += channels;
      dy += dyPixel;
      corner += across << 1;
    }
  }
  return to;
}

function sumValues(list: usize, end: usize, to: usize): void {
  let sum = load<f32>(to);
  for (let entry = list; entry != end; entry += 8) sum += load<f32>(entry, 4);
  store<f32>(to, sum);
}

function gatherRow(list: usize, end: usize, x: usize, to: usize, bytes: usize): void {
  let t: usize = 0;
  for (; t + 192 <= bytes; t += 192) gather48(list, end, x + t, to + t);
  for (; t + 96 <= bytes; t += 96) gather24(list, end, x + t, to + t);
  for (; t + 48 <= bytes; t += 48) gather12(list, end, x + t, to + t);
  for (; t < bytes; t += 16) gather4(list, end, x + t, to + t);
}

function scatterRow(list: usize, end: usize, x: usize, kernel: usize, bytes: usize): void {
  let t: usize = 0;
  for (; t + 192 <= bytes; t += 192) scatter48(list, end, x + t, kernel + t);
  for (; t + 96 <= bytes; t += 96) scatter24(list, end, x + t, kernel + t);
  for (; t + 48 <= bytes; t += 48) scatter12(list, end, x + t, kernel + t);
  for (; t < bytes; t += 16) scatter4(list, end, x + t, kernel + t);
}

/** Three kernel rows of 4 values at once: images with few channels. */
function gatherColumn(list: usize, end: usize, x: usize, row: usize, to: usize): void {
  let c0 = v128.load(to);
  let c1 = v128.load(to, 16);
  let c2 = v128.load(to, 32);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    c0 = multiplyAdd(s, v128.load(at), c0);
    c1 = multiplyAdd(s, v128.load(at + row), c1);
    c2 = multiplyAdd(s, v128.load(at + 2 * row), c2);
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
}

/** to += Σ value · x at the entry's offset, 48 values. */
function gather48(list: usize, end: usize, x: usize, to: usize): void {
  let c0 = v128.load(to);
  let c1 = v128.load(to, 16);
  let c2 = v128.load(to, 32);
  let c3 = v128.load(to, 48);
  let c4 = v128.load(to, 64);
  let c5 = v128.load(to, 80);
  let c6 = v128.load(to, 96);
  let c7 = v128.load(to, 112);
  let c8 = v128.load(to, 128);
  let c9 = v128.load(to, 144);
  let c10 = v128.load(to, 160);
  let c11 = v128.load(to, 176);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    c0 = multiplyAdd(s, v128.load(at), c0);
    c1 = multiplyAdd(s, v128.load(at, 16), c1);
    c2 = multiplyAdd(s, v128.load(at, 32), c2);
    c3 = multiplyAdd(s, v128.load(at, 48), c3);
    c4 = multiplyAdd(s, v128.load(at, 64), c4);
    c5 = multiplyAdd(s, v128.load(at, 80), c5);
    c6 = multiplyAdd(s, v128.load(at, 96), c6);
    c7 = multiplyAdd(s, v128.load(at, 112), c7);
    c8 = multiplyAdd(s, v128.load(at, 128), c8);
    c9 = multiplyAdd(s, v128.load(at, 144), c9);
    c10 = multiplyAdd(s, v128.load(at, 160), c10);
    c11 = multiplyAdd(s, v128.load(at, 176), c11);
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
  v128.store(to, c3, 48);
  v128.store(to, c4, 64);
  v128.store(to, c5, 80);
  v128.store(to, c6, 96);
  v128.store(to, c7, 112);
  v128.store(to, c8, 128);
  v128.store(to, c9, 144);
  v128.store(to, c10, 160);
  v128.store(to, c11, 176);
}

/** x at every entry's offset += value · kernel, 48 values. */
function scatter48(list: usize, end: usize, x: usize, kernel: usize): void {
  const k0 = v128.load(kernel);
  const k1 = v128.load(kernel, 16);
  const k2 = v128.load(kernel, 32);
  const k3 = v128.load(kernel, 48);
  const k4 = v128.load(kernel, 64);
  const k5 = v128.load(kernel, 80);
  const k6 = v128.load(kernel, 96);
  const k7 = v128.load(kernel, 112);
  const k8 = v128.load(kernel, 128);
  const k9 = v128.load(kernel, 144);
  const k10 = v128.load(kernel, 160);
  const k11 = v128.load(kernel, 176);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    v128.store(at, multiplyAdd(s, k0, v128.load(at)));
    v128.store(at, multiplyAdd(s, k1, v128.load(at, 16)), 16);
    v128.store(at, multiplyAdd(s, k2, v128.load(at, 32)), 32);
    v128.store(at, multiplyAdd(s, k3, v128.load(at, 48)), 48);
    v128.store(at, multiplyAdd(s, k4, v128.load(at, 64)), 64);
    v128.store(at, multiplyAdd(s, k5, v128.load(at, 80)), 80);
    v128.store(at, multiplyAdd(s, k6, v128.load(at, 96)), 96);
    v128.store(at, multiplyAdd(s, k7, v128.load(at, 112)), 112);
    v128.store(at, multiplyAdd(s, k8, v128.load(at, 128)), 128);
    v128.store(at, multiplyAdd(s, k9, v128.load(at, 144)), 144);
    v128.store(at, multiplyAdd(s, k10, v128.load(at, 160)), 160);
    v128.store(at, multiplyAdd(s, k11, v128.load(at, 176)), 176);
  }
}

/** to += Σ value · x at the entry's offset, 24 values. */
function gather24(list: usize, end: usize, x: usize, to: usize): void {
  let c0 = v128.load(to);
  let c1 = v128.load(to, 16);
  let c2 = v128.load(to, 32);
  let c3 = v128.load(to, 48);
  let c4 = v128.load(to, 64);
  let c5 = v128.load(to, 80);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    c0 = multiplyAdd(s, v128.load(at), c0);
    c1 = multiplyAdd(s, v128.load(at, 16), c1);
    c2 = multiplyAdd(s, v128.load(at, 32), c2);
    c3 = multiplyAdd(s, v128.load(at, 48), c3);
    c4 = multiplyAdd(s, v128.load(at, 64), c4);
    c5 = multiplyAdd(s, v128.load(at, 80), c5);
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
  v128.store(to, c3, 48);
  v128.store(to, c4, 64);
  v128.store(to, c5, 80);
}

/** x at every entry's offset += value · kernel, 24 values. */
function scatter24(list: usize, end: usize, x: usize, kernel: usize): void {
  const k0 = v128.load(kernel);
  const k1 = v128.load(kernel, 16);
  const k2 = v128.load(kernel, 32);
  const k3 = v128.load(kernel, 48);
  const k4 = v128.load(kernel, 64);
  const k5 = v128.load(kernel, 80);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    v128.store(at, multiplyAdd(s, k0, v128.load(at)));
    v128.store(at, multiplyAdd(s, k1, v128.load(at, 16)), 16);
    v128.store(at, multiplyAdd(s, k2, v128.load(at, 32)), 32);
    v128.store(at, multiplyAdd(s, k3, v128.load(at, 48)), 48);
    v128.store(at, multiplyAdd(s, k4, v128.load(at, 64)), 64);
    v128.store(at, multiplyAdd(s, k5, v128.load(at, 80)), 80);
  }
}

/** to += Σ value · x at the entry's offset, 12 values. */
function gather12(list: usize, end: usize, x: usize, to: usize): void {
  let c0 = v128.load(to);
  let c1 = v128.load(to, 16);
  let c2 = v128.load(to, 32);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    c0 = multiplyAdd(s, v128.load(at), c0);
    c1 = multiplyAdd(s, v128.load(at, 16), c1);
    c2 = multiplyAdd(s, v128.load(at, 32), c2);
  }
  v128.store(to, c0);
  v128.store(to, c1, 16);
  v128.store(to, c2, 32);
}

/** x at every entry's offset += value · kernel, 12 values. */
function scatter12(list: usize, end: usize, x: usize, kernel: usize): void {
  const k0 = v128.load(kernel);
  const k1 = v128.load(kernel, 16);
  const k2 = v128.load(kernel, 32);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    v128.store(at, multiplyAdd(s, k0, v128.load(at)));
    v128.store(at, multiplyAdd(s, k1, v128.load(at, 16)), 16);
    v128.store(at, multiplyAdd(s, k2, v128.load(at, 32)), 32);
  }
}

/** to += Σ value · x at the entry's offset, 4 values. */
function gather4(list: usize, end: usize, x: usize, to: usize): void {
  let c0 = v128.load(to);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    c0 = multiplyAdd(s, v128.load(at), c0);
  }
  v128.store(to, c0);
}

/** x at every entry's offset += value · kernel, 4 values. */
function scatter4(list: usize, end: usize, x: usize, kernel: usize): void {
  const k0 = v128.load(kernel);
  for (let entry = list; entry != end; entry += 8) {
    const at = x + <usize>load<u32>(entry);
    const s = v128.load32_splat(entry, 4);
    v128.store(at, multiplyAdd(s, k0, v128.load(at)));
  }
}
