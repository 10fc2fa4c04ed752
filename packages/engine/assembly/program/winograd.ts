// Convolutions with 3 × 3 kernels, stride 1, behind whose ReLU lies a 2 × 2 max-pool, by Winograd's F(2 × 2, 3 × 3):
// 16 products where windows need 36, and a tile of its is one of the pool. Lavin & Gray 2016, section 4.1.
import { chosen, largest, rectified, storeChoices } from "./tile";
import { multiplyParts } from "./winograd-product";

/** The kernels in Winograd's form, G g Gᵀ: panels of 8 filters, [panels][16][channels][8] from [panels][3][3][channels][8]. */
@unmanaged
export class WinogradKernel {
  from: usize;
  to: usize;
  panels: i32;
  channels: i32;
}

export function winogradKernel(call: WinogradKernel): void {
  const half = f32x4.splat(0.5);
  const pixel = (<usize>call.channels) << 5;
  for (let j: usize = 0; j < <usize>call.panels; j++) {
    for (let at: usize = 0; at < pixel; at += 16) {
      const from = call.from + 9 * j * pixel + at;
      let to = call.to + 16 * j * pixel + at;
      for (let u: usize = 0; u < 4; u++) {
        const a = kernelRow(from, 3 * pixel, u, half);
        const b = kernelRow(from + pixel, 3 * pixel, u, half);
        const c = kernelRow(from + 2 * pixel, 3 * pixel, u, half);
        const ends = f32x4.mul(f32x4.add(a, c), half);
        const middle = f32x4.mul(b, half);
        v128.store(to, a);
        v128.store(to + pixel, f32x4.add(ends, middle));
        v128.store(to + 2 * pixel, f32x4.sub(ends, middle));
        v128.store(to + 3 * pixel, c);
        to += 4 * pixel;
      }
    }
  }
}

/** Row u of G g for one column of g. */
function kernelRow(from: usize, row: usize, u: usize, half: v128): v128 {
  const a = v128.load(from);
  const c = v128.load(from + 2 * row);
  if (u == 0) return a;
  if (u == 3) return c;
  const ends = f32x4.mul(f32x4.add(a, c), half);
  const middle = f32x4.mul(v128.load(from + row), half);
  return u == 1 ? f32x4.add(ends, middle) : f32x4.sub(ends, middle);
}

/** As PooledConvolution with kernelRows 3; `strip` tiles are done together, a multiple of 4. */
@unmanaged
export class PooledWinograd {
  images: i32;
  /** Tiles. */
  height: i32;
  width: i32;
  /** Of x, a multiple of 4. */
  channels: i32;
  panels: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  /** In Winograd's form. */
  kernel: usize;
  bias: usize;
  y: usize;
  yImage: i32;
  yRow: i32;
  yPixel: i32;
  choice: usize;
  strip: i32;
  /** Room for 16 · strip · channels values. */
  inputs: usize;
  /** Room for 16 · strip · 8 values. */
  products: usize;
}

export function pooledWinograd(call: PooledWinograd): void {
  const tiles = call.images * call.height * call.width;
  const pixel = (<usize>call.channels) << 2;
  for (let first = 0; first < tiles; first += call.strip) {
    const count = min(call.strip, tiles - first);
    transformTiles(call, first, count);
    for (let j = 0; j < call.panels; j++) {
      const panel = call.kernel + ((<usize>j * pixel) << 7);
      multiplyParts(16, call.inputs, pixel, panel, call.products, <usize>call.strip, count);
      poolTiles(call, <usize>j, first, count);
    }
  }
}

/** Bᵀ d B of every tile's 4 × 4 pixels: [16][strip][channels]. */
function transformTiles(call: PooledWinograd, first: i32, count: i32): void {
  const width = call.width;
  const pixel = (<usize>call.channels) << 2;
  const part = <usize>call.strip * pixel;
  const xRow = <usize>call.xRow;
  let column = first % width;
  let line = (first / width) % call.height;
  let image = first / width / call.height;
  let to = call.inputs;
  for (let tile = 0; tile < count; tile++) {
    const corner =
      call.x + <usize>(image * call.xImage) + <usize>(2 * line) * xRow + <usize>(2 * column) * pixel;
    for (let c: usize = 0; c < pixel; c += 16) {
      const d0 = corner + c;
      const d1 = d0 + xRow;
      const d2 = d1 + xRow;
      const d3 = d2 + xRow;
      const a0 = v128.load(d0);
      const b0 = v128.load(d1);
      const c0 = v128.load(d2);
      const e0 = v128.load(d3);
      const p0 = f32x4.sub(a0, c0);
      const q0 = f32x4.add(b0, c0);
      const r0 = f32x4.sub(c0, b0);
      const t0 = f32x4.sub(b0, e0);
      const a1 = v128.load(d0 + pixel);
      const b1 = v128.load(d1 + pixel);
      const c1 = v128.load(d2 + pixel);
      const e1 = v128.load(d3 + pixel);
      const p1 = f32x4.sub(a1, c1);
      const q1 = f32x4.add(b1, c1);
      const r1 = f32x4.sub(c1, b1);
      const t1 = f32x4.sub(b1, e1);
      const a2 = v128.load(d0 + 2 * pixel);
      const b2 = v128.load(d1 + 2 * pixel);
      const c2 = v128.load(d2 + 2 * pixel);
      const e2 = v128.load(d3 + 2 * pixel);
      const p2 = f32x4.sub(a2, c2);
      const q2 = f32x4.add(b2, c2);
      const r2 = f32x4.sub(c2, b2);
      const t2 = f32x4.sub(b2, e2);
      const a3 = v128.load(d0 + 3 * pixel);
      const b3 = v128.load(d1 + 3 * pixel);
      const c3 = v128.load(d2 + 3 * pixel);
      const e3 = v128.load(d3 + 3 * pixel);
      const p3 = f32x4.sub(a3, c3);
      const q3 = f32x4.add(b3, c3);
      const r3 = f32x4.sub(c3, b3);
      const t3 = f32x4.sub(b3, e3);
      let at = to + c;
      at = putRow(at, part, p0, p1, p2, p3);
      at = putRow(at, part, q0, q1, q2, q3);
      at = putRow(at, part, r0, r1, r2, r3);
      putRow(at, part, t0, t1, t2, t3);
    }
    to += pixel;
    if (++column == width) {
      column = 0;
      if (++line == call.height) {
        line = 0;
        image++;
      }
    }
  }
}

/** A row of Bᵀ d times B, to four parts. @returns where the next row goes */
function putRow(at: usize, part: usize, a: v128, b: v128, c: v128, d: v128): usize {
  v128.store(at, f32x4.sub(a, c));
  v128.store(at + part, f32x4.add(b, c));
  v128.store(at + 2 * part, f32x4.sub(c, b));
  v128.store(at + 3 * part, f32x4.sub(b, d));
  return at + 4 * part;
}

/** Aᵀ m A of every tile, with bias and ReLU: the largest of its four values, and which it is. */
function poolTiles(call: PooledWinograd, j: usize, first: i32, count: i32): void {
  const width = call.width;
  const part = (<usize>call.strip) << 5;
  const channels = (<usize>call.panels) << 3;
  const low = v128.load(call.bias + (j << 5));
  const high = v128.load(call.bias + (j << 5), 16);
  let column = first % width;
  let line = (first / width) % call.height;
  let image = first / width / call.height;
  let from = call.products;
  let choice = call.choice ? call.choice + <usize>first * channels + (j << 3) : 0;
  for (let tile = 0; tile < count; tile++) {
    const y = call.y + <usize>(image * call.yImage + line * call.yRow + column * call.yPixel) + (j << 5);
    if (choice) {
      const lowWins = Tile.pooled(y, from, part, low, true);
      storeChoices(choice, lowWins, Tile.pooled(y + 16, from + 16, part, high, true));
      choice += channels;
    } else {
      Tile.pooled(y, from, part, low, false);
      Tile.pooled(y + 16, from + 16, part, high, false);
    }
    from += 32;
    if (++column == width) {
      column = 0;
      if (++line == call.height) {
        line = 0;
        image++;
      }
    }
  }
}

class Tile {
  /** Four filters of a tile. @returns which place won, as PooledConvolution counts, where it is asked for */
  @inline
  static pooled(y: usize, from: usize, part: usize, bias: v128, chooses: bool): v128 {
    const b0 = v128.load(from + 4 * part);
    const c0 = v128.load(from + 8 * part);
    const p0 = f32x4.add(f32x4.add(v128.load(from), b0), c0);
    const q0 = f32x4.sub(f32x4.sub(b0, c0), v128.load(from + 12 * part));
    const b1 = v128.load(from + 5 * part);
    const c1 = v128.load(from + 9 * part);
    const p1 = f32x4.add(f32x4.add(v128.load(from + part), b1), c1);
    const q1 = f32x4.sub(f32x4.sub(b1, c1), v128.load(from + 13 * part));
    const b2 = v128.load(from + 6 * part);
    const c2 = v128.load(from + 10 * part);
    const p2 = f32x4.add(f32x4.add(v128.load(from + 2 * part), b2), c2);
    const q2 = f32x4.sub(f32x4.sub(b2, c2), v128.load(from + 14 * part));
    const b3 = v128.load(from + 7 * part);
    const c3 = v128.load(from + 11 * part);
    const p3 = f32x4.add(f32x4.add(v128.load(from + 3 * part), b3), c3);
    const q3 = f32x4.sub(f32x4.sub(b3, c3), v128.load(from + 15 * part));
    const y00 = f32x4.add(f32x4.add(p0, p1), p2);
    const y01 = f32x4.sub(f32x4.sub(p1, p2), p3);
    const y10 = f32x4.add(f32x4.add(q0, q1), q2);
    const y11 = f32x4.sub(f32x4.sub(q1, q2), q3);
    const best = largest(y00, y01, y10, y11);
    const value = f32x4.add(best, bias); // the largest is the same with and without
    v128.store(y, rectified(value));
    return chooses ? chosen(best, value, y00, y01, y10) : value;
  }
}
