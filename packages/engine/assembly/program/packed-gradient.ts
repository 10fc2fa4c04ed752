// Gradients of kernels, xᵀ · dz, block by block: a block's rows are copied so that they lie one behind the other. Rows
// whose distance is a large power of two otherwise throw one another out of the first cache.
import { multiplyAdd } from "./fused";

/** Rows of a block. */
export const BLOCK: i32 = 64;

/**
 * Copies columns of rows, four at a time: [inner / 4][rows of the block][4]; `line` lies between two of these in bytes,
 * `to` is where the first of these rows goes.
 */
export function packInputs(x: usize, row: usize, rows: i32, inner: i32, to: usize, line: usize): void {
  for (let k: usize = 0; k < (<usize>inner) << 2; k += 16) {
    let from = x + k;
    const end = to + ((<usize>rows) << 4);
    for (let at = to; at != end; at += 16) {
      v128.store(at, v128.load(from));
      from += row;
    }
    to += line;
  }
}

/** Copies a panel's slopes, [rows][8]. */
export function packSlopes(dz: usize, row: usize, rows: i32, to: usize): void {
  for (let i = 0; i < rows; i++) {
    v128.store(to, v128.load(dz));
    v128.store(to, v128.load(dz, 16), 16);
    dz += row;
    to += 32;
  }
}

/** A panel's gradient [inner][8] from a packed block: written, or added to what is there. */
export function gradientOfBlock(x: usize, dz: usize, rows: i32, inner: i32, to: usize, add: bool): void {
  const last = dz + ((<usize>rows) << 5);
  for (let k = 0; k < inner; k += 4) {
    let c00 = f32x4.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    for (let from = dz; from != last; from += 32) {
      const b0 = v128.load(from);
      const b1 = v128.load(from, 16);
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
      x += 16;
    }
    if (add) {
      c00 = f32x4.add(c00, v128.load(to));
      c01 = f32x4.add(c01, v128.load(to, 16));
      c10 = f32x4.add(c10, v128.load(to, 32));
      c11 = f32x4.add(c11, v128.load(to, 48));
      c20 = f32x4.add(c20, v128.load(to, 64));
      c21 = f32x4.add(c21, v128.load(to, 80));
      c30 = f32x4.add(c30, v128.load(to, 96));
      c31 = f32x4.add(c31, v128.load(to, 112));
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
}
