// Convolutions of images with one channel by 3 × 3 kernels, stride 1, behind whose ReLU lies a 2 × 2 max-pool: the first
// layer of networks that read grey images. By Winograd's F(2 × 2, 3 × 3), as in winograd.ts; with one channel there is
// nothing to sum over, and a tile's products stay in registers.
import { chosen, largest, rectified, storeChoices } from "./tile";

/** As PooledWinograd with one channel. */
@unmanaged
export class PooledSingle {
  images: i32;
  /** Tiles. */
  height: i32;
  width: i32;
  panels: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  /** In Winograd's form, [panels][16][8]. */
  kernel: usize;
  bias: usize;
  y: usize;
  yImage: i32;
  yRow: i32;
  yPixel: i32;
  /** 0: not wanted. */
  choice: usize;
  /** Room for 16 · width values. */
  inputs: usize;
}

export function pooledSingle(call: PooledSingle): void {
  const channels = (<usize>call.panels) << 3;
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      transformLine(call, call.x + <usize>(n * call.xImage + 2 * i * call.xRow));
      const y = call.y + <usize>(n * call.yImage + i * call.yRow);
      const line = <usize>((n * call.height + i) * call.width);
      const choice = call.choice ? call.choice + line * channels : 0;
      for (let j: usize = 0; j < <usize>call.panels; j++) {
        if (choice) chooseLine(call, j, y + (j << 5), choice + (j << 3));
        else poolLine(call, j, y + (j << 5));
      }
    }
  }
}

/** Bᵀ d B of a line of tiles: [width][16]. */
function transformLine(call: PooledSingle, x: usize): void {
  const xRow = <usize>call.xRow;
  const end = call.inputs + ((<usize>call.width) << 6);
  for (let to = call.inputs; to != end; to += 64) {
    const a = v128.load(x);
    const b = v128.load(x + xRow);
    const c = v128.load(x + 2 * xRow);
    const d = v128.load(x + 3 * xRow);
    v128.store(to, transformedRow(f32x4.sub(a, c)));
    v128.store(to, transformedRow(f32x4.add(b, c)), 16);
    v128.store(to, transformedRow(f32x4.sub(c, b)), 32);
    v128.store(to, transformedRow(f32x4.sub(b, d)), 48);
    x += 8;
  }
}

/** A row (a, b, c, d) of Bᵀ d times B: (a − c, b + c, c − b, b − d). */
function transformedRow(row: v128): v128 {
  const minus: i32 = i32.MIN_VALUE; // the sign alone
  const taken = v128.xor(v128.shuffle<f32>(row, row, 2, 2, 1, 3), i32x4(minus, 0, minus, minus));
  return f32x4.add(v128.shuffle<f32>(row, row, 0, 1, 2, 1), taken);
}

/** A line of tiles by one panel, and which places won. */
function chooseLine(call: PooledSingle, j: usize, y: usize, choice: usize): void {
  const channels = (<usize>call.panels) << 3;
  const yPixel = <usize>call.yPixel;
  const kernel = call.kernel + (j << 9);
  const bias = call.bias + (j << 5);
  const end = call.inputs + ((<usize>call.width) << 6);
  for (let from = call.inputs; from != end; from += 64) {
    const low = Tile.pooled(y, from, kernel, bias, true);
    const high = Tile.pooled(y + 16, from, kernel + 16, bias + 16, true);
    storeChoices(choice, low, high);
    choice += channels;
    y += yPixel;
  }
}

/** The same without the choices, which only gradients need. */
function poolLine(call: PooledSingle, j: usize, y: usize): void {
  const yPixel = <usize>call.yPixel;
  const kernel = call.kernel + (j << 9);
  const bias = call.bias + (j << 5);
  const end = call.inputs + ((<usize>call.width) << 6);
  for (let from = call.inputs; from != end; from += 64) {
    Tile.pooled(y, from, kernel, bias, false);
    Tile.pooled(y + 16, from, kernel + 16, bias + 16, false);
    y += yPixel;
  }
}

class Tile {
  /** Four filters of a tile: Aᵀ m A, the largest of its values with bias and ReLU. @returns which place won */
  @inline
  static pooled(y: usize, from: usize, kernel: usize, bias: usize, chooses: bool): v128 {
    const b0 = Tile.product(from, kernel, 4);
    const c0 = Tile.product(from, kernel, 8);
    const p0 = f32x4.add(f32x4.add(Tile.product(from, kernel, 0), b0), c0);
    const q0 = f32x4.sub(f32x4.sub(b0, c0), Tile.product(from, kernel, 12));
    const b1 = Tile.product(from, kernel, 5);
    const c1 = Tile.product(from, kernel, 9);
    const p1 = f32x4.add(f32x4.add(Tile.product(from, kernel, 1), b1), c1);
    const q1 = f32x4.sub(f32x4.sub(b1, c1), Tile.product(from, kernel, 13));
    const b2 = Tile.product(from, kernel, 6);
    const c2 = Tile.product(from, kernel, 10);
    const p2 = f32x4.add(f32x4.add(Tile.product(from, kernel, 2), b2), c2);
    const q2 = f32x4.sub(f32x4.sub(b2, c2), Tile.product(from, kernel, 14));
    const b3 = Tile.product(from, kernel, 7);
    const c3 = Tile.product(from, kernel, 11);
    const p3 = f32x4.add(f32x4.add(Tile.product(from, kernel, 3), b3), c3);
    const q3 = f32x4.sub(f32x4.sub(b3, c3), Tile.product(from, kernel, 15));
    const y00 = f32x4.add(f32x4.add(p0, p1), p2);
    const y01 = f32x4.sub(f32x4.sub(p1, p2), p3);
    const y10 = f32x4.add(f32x4.add(q0, q1), q2);
    const y11 = f32x4.sub(f32x4.sub(q1, q2), q3);
    const best = largest(y00, y01, y10, y11);
    const value = f32x4.add(best, v128.load(bias)); // the largest is the same with and without
    v128.store(y, rectified(value));
    return chooses ? chosen(best, value, y00, y01, y10) : value;
  }

  @inline
  static product(from: usize, kernel: usize, part: usize): v128 {
    return f32x4.mul(v128.load32_splat(from + (part << 2)), v128.load(kernel + (part << 5)));
  }
}
