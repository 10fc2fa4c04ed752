// Convolutions that see each channel by itself. Pixels are `channels` wide, a multiple of 4, images have a border of
// zeros; a kernel lies as [rows][columns][channels]. Strides are in bytes.
import { multiplyAdd } from "./fused";

@unmanaged
export class Depthwise {
  images: i32;
  /** Places of the window. */
  height: i32;
  width: i32;
  channels: i32;
  kernelRows: i32;
  kernelColumns: i32;
  /** The first window's corner. */
  x: usize;
  xImage: i32;
  xRow: i32;
  xPixel: i32;
  /** From a window to the one below, and to the one beside it. */
  xDown: i32;
  xAcross: i32;
  kernel: usize;
  bias: usize;
  y: usize;
  yImage: i32;
  yRow: i32;
  yPixel: i32;
}

/** y = bias + Σ x · kernel over every window, channel by channel. */
export function depthwise(call: Depthwise): void {
  const bytes = (<usize>call.channels) << 2;
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      for (let j = 0; j < call.width; j++) {
        const corner = call.x + <usize>(n * call.xImage + i * call.xDown + j * call.xAcross);
        const y = call.y + <usize>(n * call.yImage + i * call.yRow + j * call.yPixel);
        for (let c: usize = 0; c < bytes; c += 16) {
          let sum = v128.load(call.bias + c);
          let kernel = call.kernel + c;
          for (let u = 0; u < call.kernelRows; u++) {
            let x = corner + <usize>(u * call.xRow) + c;
            for (let v = 0; v < call.kernelColumns; v++) {
              sum = multiplyAdd(v128.load(x), v128.load(kernel), sum);
              x += call.xPixel;
              kernel += bytes;
            }
          }
          v128.store(y + c, sum);
        }
      }
    }
  }
}

@unmanaged
export class DepthwiseInputGradient {
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  kernelRows: i32;
  kernelColumns: i32;
  stride: i32;
  /** Pixels of the border above and to the left that the first window sees. */
  top: i32;
  left: i32;
  inHeight: i32;
  inWidth: i32;
  kernel: usize;
  dy: usize;
  dyImage: i32;
  dyRow: i32;
  dyPixel: i32;
  /** The first pixel. */
  dx: usize;
  dxImage: i32;
  dxRow: i32;
  dxPixel: i32;
}

/** Adds every window's gradient to its pixels; what lies in the border is left out. */
export function depthwiseInputGradient(call: DepthwiseInputGradient): void {
  const bytes = (<usize>call.channels) << 2;
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      const row = i * call.stride - call.top;
      const firstRow = max(0, -row);
      const rows = min(call.kernelRows, call.inHeight - row);
      for (let j = 0; j < call.width; j++) {
        const column = j * call.stride - call.left;
        const firstColumn = max(0, -column);
        const columns = min(call.kernelColumns, call.inWidth - column);
        const dy = call.dy + <usize>(n * call.dyImage + i * call.dyRow + j * call.dyPixel);
        for (let u = firstRow; u < rows; u++) {
          for (let v = firstColumn; v < columns; v++) {
            const at = n * call.dxImage + (row + u) * call.dxRow + (column + v) * call.dxPixel;
            const dx = call.dx + <usize>at;
            const kernel = call.kernel + <usize>(u * call.kernelColumns + v) * bytes;
            for (let c: usize = 0; c < bytes; c += 16) {
              const part = f32x4.mul(v128.load(dy + c), v128.load(kernel + c));
              v128.store(dx + c, f32x4.add(v128.load(dx + c), part));
            }
          }
        }
      }
    }
  }
}

@unmanaged
export class DepthwiseGradient {
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  kernelRows: i32;
  kernelColumns: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  xPixel: i32;
  xDown: i32;
  xAcross: i32;
  dy: usize;
  dyImage: i32;
  dyRow: i32;
  dyPixel: i32;
  dKernel: usize;
  dBias: usize;
}

/** dKernel = Σ x · dy and dBias = Σ dy over all places, image by image. */
export function depthwiseGradient(call: DepthwiseGradient): void {
  const bytes = (<usize>call.channels) << 2;
  memory.fill(call.dKernel, 0, <usize>(call.kernelRows * call.kernelColumns) * bytes);
  memory.fill(call.dBias, 0, bytes);
  for (let n = 0; n < call.images; n++) {
    const image = call.x + <usize>(n * call.xImage);
    const slopes = call.dy + <usize>(n * call.dyImage);
    for (let c: usize = 0; c < bytes; c += 16) {
      let dKernel = call.dKernel + c;
      for (let u = 0; u < call.kernelRows; u++) {
        for (let v = 0; v < call.kernelColumns; v++) {
          const x = image + <usize>(u * call.xRow + v * call.xPixel) + c;
          v128.store(dKernel, f32x4.add(v128.load(dKernel), along(call, x, slopes + c)));
          dKernel += bytes;
        }
      }
      v128.store(call.dBias + c, f32x4.add(v128.load(call.dBias + c), total(call, slopes + c)));
    }
  }
}

/** Σ x · dy over one image's places, four channels. */
function along(call: DepthwiseGradient, image: usize, slopes: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < call.height; i++) {
    let x = image + <usize>(i * call.xDown);
    let dy = slopes + <usize>(i * call.dyRow);
    for (let j = 0; j < call.width; j++) {
      sum = multiplyAdd(v128.load(x), v128.load(dy), sum);
      x += call.xAcross;
      dy += call.dyPixel;
    }
  }
  return sum;
}

function total(call: DepthwiseGradient, slopes: usize): v128 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < call.height; i++) {
    let dy = slopes + <usize>(i * call.dyRow);
    for (let j = 0; j < call.width; j++) {
      sum = f32x4.add(sum, v128.load(dy));
      dy += call.dyPixel;
    }
  }
  return sum;
}
