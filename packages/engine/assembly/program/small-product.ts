// Products of small matrices that lie anywhere: a head's queries, keys, values and shares. Strides are in bytes.
import { multiplyAdd } from "./fused";

/**
 * c = a · b, [rows, inner] · [inner, columns]; `columns` is a multiple of 4, the values of a row of b and c lie side by
 * side, those of a in any distance, so that a may be read as its transpose. Every sum runs from first to last.
 */
export function multiply(
  rows: i32,
  inner: i32,
  columns: i32,
  a: usize,
  aRow: usize,
  aInner: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
): void {
  let left = columns;
  for (; left >= 16; left -= 16, b += 64, c += 64)
    Tile.columns(4, rows, inner, a, aRow, aInner, b, bRow, c, cRow);
  if (left >= 8) {
    Tile.columns(2, rows, inner, a, aRow, aInner, b, bRow, c, cRow);
    left -= 8;
    b += 32;
    c += 32;
  }
  if (left) Tile.columns(1, rows, inner, a, aRow, aInner, b, bRow, c, cRow);
}

class Tile {
  /** Two rows at a time, so many vectors of four columns each. Inlined: the unused sums of narrow tiles go away. */
  @inline
  static columns(
    vectors: i32,
    rows: i32,
    inner: i32,
    a: usize,
    aRow: usize,
    aInner: usize,
    b: usize,
    bRow: usize,
    c: usize,
    cRow: usize,
  ): void {
    const end = b + <usize>inner * bRow;
    for (let i = 0; i < rows; i += 2) {
      let a0 = a + <usize>i * aRow;
      const c0 = c + <usize>i * cRow;
      // Behind an odd number of rows the last one is made twice.
      const isPair = i + 1 < rows;
      let a1 = isPair ? a0 + aRow : a0;
      const c1 = isPair ? c0 + cRow : c0;
      let c00 = f32x4.splat(0);
      let c01 = c00;
      let c02 = c00;
      let c03 = c00;
      let c10 = c00;
      let c11 = c00;
      let c12 = c00;
      let c13 = c00;
      for (let from = b; from != end; from += bRow) {
        const s0 = v128.load32_splat(a0);
        const s1 = v128.load32_splat(a1);
        const b0 = v128.load(from);
        c00 = multiplyAdd(s0, b0, c00);
        c10 = multiplyAdd(s1, b0, c10);
        if (vectors > 1) {
          const b1 = v128.load(from, 16);
          c01 = multiplyAdd(s0, b1, c01);
          c11 = multiplyAdd(s1, b1, c11);
        }
        if (vectors > 2) {
          const b2 = v128.load(from, 32);
          const b3 = v128.load(from, 48);
          c02 = multiplyAdd(s0, b2, c02);
          c12 = multiplyAdd(s1, b2, c12);
          c03 = multiplyAdd(s0, b3, c03);
          c13 = multiplyAdd(s1, b3, c13);
        }
        a0 += aInner;
        a1 += aInner;
      }
      v128.store(c0, c00);
      v128.store(c1, c10);
      if (vectors > 1) {
        v128.store(c0, c01, 16);
        v128.store(c1, c11, 16);
      }
      if (vectors > 2) {
        v128.store(c0, c02, 32);
        v128.store(c0, c03, 48);
        v128.store(c1, c12, 32);
        v128.store(c1, c13, 48);
      }
    }
  }
}

/**
 * Turns rows of `size` values, a multiple of 4, into columns: [size][rows up to a multiple of 4]. What stands in the
 * columns behind the last row is the last row again.
 */
export function transposeRows(from: usize, row: usize, rows: i32, size: i32, to: usize): void {
  const line = (<usize>((rows + 3) & ~3)) << 2;
  for (let j = 0; j < rows; j += 4) {
    const last = rows - 1;
    const f0 = from + <usize>j * row;
    const f1 = from + <usize>min(j + 1, last) * row;
    const f2 = from + <usize>min(j + 2, last) * row;
    const f3 = from + <usize>min(j + 3, last) * row;
    let at = to + ((<usize>j) << 2);
    for (let c: usize = 0; c < (<usize>size) << 2; c += 16) {
      const r0 = v128.load(f0 + c);
      const r1 = v128.load(f1 + c);
      const r2 = v128.load(f2 + c);
      const r3 = v128.load(f3 + c);
      const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
      const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
      const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
      const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
      v128.store(at, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
      at += line;
      v128.store(at, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
      at += line;
      v128.store(at, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
      at += line;
      v128.store(at, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
      at += line;
    }
  }
}
