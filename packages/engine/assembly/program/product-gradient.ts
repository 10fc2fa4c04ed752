import { multiplyAdd } from "./fused";

/**
 * dKernel = xᵀ · dy in panels [panels][inner][8], and dBias = column sums of dy; over `groups` × `rows` rows, such as the
 * steps of records. `inner` is a multiple of 4, strides are in bytes.
 */
@unmanaged
export class ProductGradient {
  groups: i32;
  rows: i32;
  inner: i32;
  panels: i32;
  x: usize;
  xGroup: i32;
  xRow: i32;
  dy: usize;
  dyGroup: i32;
  dyRow: i32;
  dKernel: usize;
  /** 0: not wanted. */
  dBias: usize;
}

export function productGradient(call: ProductGradient): void {
  const inner = <usize>call.inner;
  const xRow = <usize>call.xRow;
  const dyRow = <usize>call.dyRow;
  const bytes = <usize>call.rows * dyRow;
  let to = call.dKernel;
  for (let j: usize = 0; j < <usize>call.panels; j++) {
    const slopes = call.dy + (j << 5);
    for (let k: usize = 0; k < inner; k += 4) {
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      for (let n = 0; n < call.groups; n++) {
        let x = call.x + <usize>(n * call.xGroup) + (k << 2);
        let dy = slopes + <usize>(n * call.dyGroup);
        const last = dy + bytes;
        while (dy != last) {
          const b0 = v128.load(dy);
          const b1 = v128.load(dy, 16);
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
          x += xRow;
          dy += dyRow;
        }
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
    if (!call.dBias) continue;
    let low = f32x4.splat(0);
    let high = low;
    for (let n = 0; n < call.groups; n++) {
      let dy = slopes + <usize>(n * call.dyGroup);
      const last = dy + bytes;
      for (; dy != last; dy += dyRow) {
        low = f32x4.add(low, v128.load(dy));
        high = f32x4.add(high, v128.load(dy, 16));
      }
    }
    v128.store(call.dBias + (j << 5), low);
    v128.store(call.dBias + (j << 5), high, 16);
  }
}
