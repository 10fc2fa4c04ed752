// Products of matrices. Rows are records, strides are in bytes, every address is a multiple of 16.
import { multiplyAdd } from "./fused";

/**
 * c = a · w + bias, [rows, inner] · [inner, 8 · panels]. `w` lies in panels of 8 columns: [panels][inner][8].
 * Rows are computed four at a time: behind the last there must be room for three more, of `a` and of `c`.
 */
@unmanaged
export class Product {
  rows: i32;
  inner: i32;
  panels: i32;
  a: usize;
  aStride: i32;
  w: usize;
  /** 8 · panels values; 0: none. */
  bias: usize;
  c: usize;
  cStride: i32;
  /** 1: negative results become 0. */
  relu: i32;
  /** Values in c's places: where they are not above 0 the result becomes 0; 0: none. */
  mask: usize;
  maskStride: i32;
  /** 1: results are added to what c holds. */
  add: i32;
}

/** Most values of a sum for which two panels, which are read again for every two rows, stay in a first cache of 32 KiB. */
const NEAR: i32 = 384;

export function product(call: Product): void {
  const panels = <usize>call.panels;
  let j: usize = 0;
  if (call.inner <= NEAR) for (; j + 1 < panels; j += 2) ofTwo(call, j);
  for (; j < panels; j++) ofOne(call, j);
}

/** Two panels, two rows at a time: fewer loads and addresses than the other way round. */
function ofTwo(call: Product, j: usize): void {
  const inner = <usize>call.inner;
  const aStride = <usize>call.aStride;
  const cStride = <usize>call.cStride;
  const panelBytes = inner << 5;
  const zero = f32x4.splat(0);
  const panel = call.w + j * panelBytes;
  const end = panel + panelBytes;
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
  let a0 = call.a;
  let c = call.c + (j << 5);
  let mask = call.mask ? call.mask + (j << 5) : 0;
  for (let i = 0; i < call.rows; i += 2) {
    let a1 = a0 + aStride;
    const next = a1 + aStride;
    let c00 = first;
    let c01 = second;
    let c02 = third;
    let c03 = fourth;
    let c10 = first;
    let c11 = second;
    let c12 = third;
    let c13 = fourth;
    for (let b = panel; b != end; b += 32) {
      const beside = b + panelBytes;
      const s0 = v128.load32_splat(a0);
      const s1 = v128.load32_splat(a1);
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
      a0 += 4;
      a1 += 4;
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
    if (mask) {
      c00 = v128.and(c00, f32x4.gt(v128.load(mask), zero));
      c01 = v128.and(c01, f32x4.gt(v128.load(mask, 16), zero));
      c02 = v128.and(c02, f32x4.gt(v128.load(mask, 32), zero));
      c03 = v128.and(c03, f32x4.gt(v128.load(mask, 48), zero));
      mask += <usize>call.maskStride;
      c10 = v128.and(c10, f32x4.gt(v128.load(mask), zero));
      c11 = v128.and(c11, f32x4.gt(v128.load(mask, 16), zero));
      c12 = v128.and(c12, f32x4.gt(v128.load(mask, 32), zero));
      c13 = v128.and(c13, f32x4.gt(v128.load(mask, 48), zero));
      mask += <usize>call.maskStride;
    }
    const d = c + cStride;
    if (call.add) {
      c00 = f32x4.add(c00, v128.load(c));
      c01 = f32x4.add(c01, v128.load(c, 16));
      c02 = f32x4.add(c02, v128.load(c, 32));
      c03 = f32x4.add(c03, v128.load(c, 48));
      c10 = f32x4.add(c10, v128.load(d));
      c11 = f32x4.add(c11, v128.load(d, 16));
      c12 = f32x4.add(c12, v128.load(d, 32));
      c13 = f32x4.add(c13, v128.load(d, 48));
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(c, c02, 32);
    v128.store(c, c03, 48);
    v128.store(d, c10);
    v128.store(d, c11, 16);
    v128.store(d, c12, 32);
    v128.store(d, c13, 48);
    c = d + cStride;
    a0 = next;
  }
}

/** One panel, four rows at a time. */
function ofOne(call: Product, j: usize): void {
  const inner = <usize>call.inner;
  const aStride = <usize>call.aStride;
  const cStride = <usize>call.cStride;
  const panelBytes = inner << 5;
  const zero = f32x4.splat(0);
  const panel = call.w + j * panelBytes;
  const end = panel + panelBytes;
  let first = zero;
  let second = zero;
  if (call.bias) {
    first = v128.load(call.bias + (j << 5));
    second = v128.load(call.bias + (j << 5), 16);
  }
  let a0 = call.a;
  let c = call.c + (j << 5);
  let mask = call.mask ? call.mask + (j << 5) : 0;
  for (let i = 0; i < call.rows; i += 4) {
    let a1 = a0 + aStride;
    let a2 = a1 + aStride;
    let a3 = a2 + aStride;
    const next = a3 + aStride;
    let c00 = first;
    let c01 = second;
    let c10 = first;
    let c11 = second;
    let c20 = first;
    let c21 = second;
    let c30 = first;
    let c31 = second;
    for (let b = panel; b != end; b += 32) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const s0 = v128.load32_splat(a0);
      c00 = multiplyAdd(s0, b0, c00);
      c01 = multiplyAdd(s0, b1, c01);
      const s1 = v128.load32_splat(a1);
      c10 = multiplyAdd(s1, b0, c10);
      c11 = multiplyAdd(s1, b1, c11);
      const s2 = v128.load32_splat(a2);
      c20 = multiplyAdd(s2, b0, c20);
      c21 = multiplyAdd(s2, b1, c21);
      const s3 = v128.load32_splat(a3);
      c30 = multiplyAdd(s3, b0, c30);
      c31 = multiplyAdd(s3, b1, c31);
      a0 += 4;
      a1 += 4;
      a2 += 4;
      a3 += 4;
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
    if (mask) {
      const maskStride = <usize>call.maskStride;
      c00 = v128.and(c00, f32x4.gt(v128.load(mask), zero));
      c01 = v128.and(c01, f32x4.gt(v128.load(mask, 16), zero));
      mask += maskStride;
      c10 = v128.and(c10, f32x4.gt(v128.load(mask), zero));
      c11 = v128.and(c11, f32x4.gt(v128.load(mask, 16), zero));
      mask += maskStride;
      c20 = v128.and(c20, f32x4.gt(v128.load(mask), zero));
      c21 = v128.and(c21, f32x4.gt(v128.load(mask, 16), zero));
      mask += maskStride;
      c30 = v128.and(c30, f32x4.gt(v128.load(mask), zero));
      c31 = v128.and(c31, f32x4.gt(v128.load(mask, 16), zero));
      mask += maskStride;
    }
    const d1 = c + cStride;
    const d2 = d1 + cStride;
    const d3 = d2 + cStride;
    if (call.add) {
      c00 = f32x4.add(c00, v128.load(c));
      c01 = f32x4.add(c01, v128.load(c, 16));
      c10 = f32x4.add(c10, v128.load(d1));
      c11 = f32x4.add(c11, v128.load(d1, 16));
      c20 = f32x4.add(c20, v128.load(d2));
      c21 = f32x4.add(c21, v128.load(d2, 16));
      c30 = f32x4.add(c30, v128.load(d3));
      c31 = f32x4.add(c31, v128.load(d3, 16));
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    v128.store(d1, c10);
    v128.store(d1, c11, 16);
    v128.store(d2, c20);
    v128.store(d2, c21, 16);
    v128.store(d3, c30);
    v128.store(d3, c31, 16);
    c = d3 + cStride;
    a0 = next;
  }
}

/** Panels [columns / 8][rows][8] of a matrix to those of its transpose, [rows / 8][columns][8]; both multiples of 8. */
@unmanaged
export class Transpose {
  from: usize;
  to: usize;
  rows: i32;
  columns: i32;
}

export function transpose(call: Transpose): void {
  const rows = <usize>call.rows;
  const columns = <usize>call.columns;
  for (let j: usize = 0; j < columns; j += 4) {
    for (let k: usize = 0; k < rows; k += 4) {
      const from = call.from + (((j >> 3) * rows + k) << 5) + ((j & 4) << 2);
      const r0 = v128.load(from);
      const r1 = v128.load(from, 32);
      const r2 = v128.load(from, 64);
      const r3 = v128.load(from, 96);
      const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      const to = call.to + (((k >> 3) * columns + j) << 5) + ((k & 4) << 2);
      v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
      v128.store(to, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 32);
      v128.store(to, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 64);
      v128.store(to, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 96);
    }
  }
}
