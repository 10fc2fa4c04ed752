import { multiplyAdd } from "./fused";
import { Pace, step } from "./update";

/**
 * Gradients of a dense layer's kernel and bias, and their step: dW = xᵀ · dz, db = column sums of dz.
 * The kernel lies in panels [panels][inner][8]; `inner` is a multiple of 4. A panel's gradient is made in `scratch`
 * (inner × 8 values) and taken at once, while it is near.
 */
@unmanaged
export class DenseStep {
  rows: i32;
  inner: i32;
  panels: i32;
  x: usize;
  xStride: i32;
  dz: usize;
  dzStride: i32;
  kernel: usize;
  kernelFirst: usize;
  kernelSecond: usize;
  bias: usize;
  biasFirst: usize;
  biasSecond: usize;
  scratch: usize;
  pace: usize;
}

export function denseStep(call: DenseStep): void {
  const inner = <usize>call.inner;
  const xStride = <usize>call.xStride;
  const dzStride = <usize>call.dzStride;
  const rows = call.rows;
  const scratch = call.scratch;
  const pace = changetype<Pace>(call.pace);
  const panelBytes = inner << 5;
  for (let j: usize = 0; j < <usize>call.panels; j++) {
    const slopes = call.dz + (j << 5);
    let to = scratch;
    for (let k: usize = 0; k < inner; k += 4) {
      let x = call.x + (k << 2);
      let dz = slopes;
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      const last = dz + <usize>rows * dzStride;
      while (dz != last) {
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
        x += xStride;
        dz += dzStride;
      }
      v128.store(to, c00);
      v128.store(to, c01, 16);
      v128.store(to, c10, 32);
      v128.store(to, c11, 48);
      v128.store(to, c20, 64);
      v128.store(to, c21, 80);
      v128.store(to, c30, 96);
      v128.store(to, c31, 112);
      to += 128;
    }
    const at = j * panelBytes;
    step(
      call.kernel + at,
      scratch,
      call.kernelFirst ? call.kernelFirst + at : 0,
      call.kernelSecond ? call.kernelSecond + at : 0,
      panelBytes,
      pace,
    );
    let low = f32x4.splat(0);
    let high = low;
    let dz = slopes;
    for (let i = 0; i < rows; i++) {
      low = f32x4.add(low, v128.load(dz));
      high = f32x4.add(high, v128.load(dz, 16));
      dz += dzStride;
    }
    v128.store(scratch, low);
    v128.store(scratch, high, 16);
    const biasAt = j << 5;
    step(
      call.bias + biasAt,
      scratch,
      call.biasFirst ? call.biasFirst + biasAt : 0,
      call.biasSecond ? call.biasSecond + biasAt : 0,
      32,
      pace,
    );
  }
}
