// Convolutions with the pool behind them; kernels and strides as in convolution.ts.
import { chosen, largest, rectified, storeChoices } from "./tile";

/**
 * Convolution, bias, ReLU and 2 × 2 max-pool in one: `height` and `width` count tiles, the four windows of a tile stay
 * in registers. `choice` gets, per value of y and in its order without borders, which window won: 0 to 3 in reading
 * order, the first of equals; 4 where nothing was above 0. 0: not wanted.
 */
@unmanaged
export class PooledConvolution {
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
  kernel: usize;
  bias: usize;
  y: usize;
  yImage: i32;
  yRow: i32;
  yPixel: i32;
  choice: usize;
}

export function pooledConvolution(call: PooledConvolution): void {
  const runBytes = (<usize>call.run) << 2;
  const kernelRows = call.kernelRows;
  const xRow = <usize>call.xRow;
  const across = <usize>call.xAcross;
  const down = <usize>call.xDown;
  const yPixel = <usize>call.yPixel;
  const panelBytes = (<usize>kernelRows * runBytes) << 3;
  const channels = (<usize>call.panels) << 3;
  for (let j: usize = 0; j < <usize>call.panels; j++) {
    const panel = call.kernel + j * panelBytes;
    const first = v128.load(call.bias + (j << 5));
    const second = v128.load(call.bias + (j << 5), 16);
    let choice = call.choice ? call.choice + (j << 3) : 0;
    for (let n = 0; n < call.images; n++) {
      for (let i = 0; i < call.height; i++) {
        let corner = call.x + <usize>(n * call.xImage) + <usize>(2 * i) * down;
        let y = call.y + <usize>(n * call.yImage + i * call.yRow) + (j << 5);
        for (let column = 0; column < call.width; column++) {
          let c00 = first;
          let c01 = second;
          let c10 = first;
          let c11 = second;
          let c20 = first;
          let c21 = second;
          let c30 = first;
          let c31 = second;
          let b = panel;
          let from = corner;
          for (let u = 0; u < kernelRows; u++) {
            let x0 = from;
            let x1 = x0 + across;
            let x2 = x0 + down;
            let x3 = x2 + across;
            const end = from + runBytes;
            while (x0 != end) {
              const b0 = v128.load(b);
              const b1 = v128.load(b, 16);
              const s0 = v128.load32_splat(x0);
              c00 = f32x4.add(c00, f32x4.mul(s0, b0));
              c01 = f32x4.add(c01, f32x4.mul(s0, b1));
              const s1 = v128.load32_splat(x1);
              c10 = f32x4.add(c10, f32x4.mul(s1, b0));
              c11 = f32x4.add(c11, f32x4.mul(s1, b1));
              const s2 = v128.load32_splat(x2);
              c20 = f32x4.add(c20, f32x4.mul(s2, b0));
              c21 = f32x4.add(c21, f32x4.mul(s2, b1));
              const s3 = v128.load32_splat(x3);
              c30 = f32x4.add(c30, f32x4.mul(s3, b0));
              c31 = f32x4.add(c31, f32x4.mul(s3, b1));
              x0 += 4;
              x1 += 4;
              x2 += 4;
              x3 += 4;
              b += 32;
            }
            from += xRow;
          }
          const low = largest(c00, c10, c20, c30);
          const high = largest(c01, c11, c21, c31);
          v128.store(y, rectified(low));
          v128.store(y, rectified(high), 16);
          if (choice) {
            storeChoices(choice, chosen(low, low, c00, c10, c20), chosen(high, high, c01, c11, c21));
            choice += channels;
          }
          y += yPixel;
          corner += 2 * across;
        }
      }
    }
  }
}
