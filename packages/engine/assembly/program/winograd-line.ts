// Convolutions along sequences with kernels of 3, stride 1, behind whose ReLU lies a max-pool by pairs, by Winograd's
// F(2, 3): 4 products where windows need 6, and a tile of its is one of the pool. Lavin & Gray 2016, section 4.1.
import { chosenOfPair, larger, rectified, storeChoices } from "./tile";
import { multiplyParts } from "./winograd-product";

/** The kernels in Winograd's form, G g: panels of 8 filters, [panels][4][channels][8] from [panels][3][channels][8]. */
@unmanaged
export class WinogradLineKernel {
  from: usize;
  to: usize;
  panels: i32;
  channels: i32;
}

export function winogradLineKernel(call: WinogradLineKernel): void {
  const half = f32x4.splat(0.5);
  const pixel = (<usize>call.channels) << 5;
  for (let j: usize = 0; j < <usize>call.panels; j++) {
    for (let at: usize = 0; at < pixel; at += 16) {
      const from = call.from + 3 * j * pixel + at;
      const to = call.to + 4 * j * pixel + at;
      const a = v128.load(from);
      const c = v128.load(from + 2 * pixel);
      const ends = f32x4.mul(f32x4.add(a, c), half);
      const middle = f32x4.mul(v128.load(from + pixel), half);
      v128.store(to, a);
      v128.store(to + pixel, f32x4.add(ends, middle));
      v128.store(to + 2 * pixel, f32x4.sub(ends, middle));
      v128.store(to + 3 * pixel, c);
    }
  }
}

/** As PooledConvolution along a line with a run of 3 pixels; `strip` tiles are done together, a multiple of 4. */
@unmanaged
export class PooledWinogradLine {
  images: i32;
  /** Tiles. */
  width: i32;
  /** Of x, a multiple of 4. */
  channels: i32;
  panels: i32;
  x: usize;
  xImage: i32;
  /** In Winograd's form. */
  kernel: usize;
  bias: usize;
  y: usize;
  yImage: i32;
  yPixel: i32;
  choice: usize;
  strip: i32;
  /** Room for 4 · strip · channels values. */
  inputs: usize;
  /** Room for 4 · strip · 8 values. */
  products: usize;
}

export function pooledWinogradLine(call: PooledWinogradLine): void {
  const tiles = call.images * call.width;
  const pixel = (<usize>call.channels) << 2;
  for (let first = 0; first < tiles; first += call.strip) {
    const count = min(call.strip, tiles - first);
    transformTiles(call, first, count);
    for (let j = 0; j < call.panels; j++) {
      const panel = call.kernel + ((<usize>j * pixel) << 5);
      multiplyParts(4, call.inputs, pixel, panel, call.products, <usize>call.strip, count);
      poolTiles(call, <usize>j, first, count);
    }
  }
}

/** Bᵀ d of every tile's 4 pixels: [4][strip][channels]. */
function transformTiles(call: PooledWinogradLine, first: i32, count: i32): void {
  const width = call.width;
  const pixel = (<usize>call.channels) << 2;
  const part = <usize>call.strip * pixel;
  let column = first % width;
  let image = first / width;
  let to = call.inputs;
  for (let tile = 0; tile < count; tile++) {
    let from = call.x + <usize>(image * call.xImage) + <usize>(2 * column) * pixel;
    for (const end = to + pixel; to != end; to += 16) {
      const a = v128.load(from);
      const b = v128.load(from + pixel);
      const c = v128.load(from + 2 * pixel);
      v128.store(to, f32x4.sub(a, c));
      v128.store(to + part, f32x4.add(b, c));
      v128.store(to + 2 * part, f32x4.sub(c, b));
      v128.store(to + 3 * part, f32x4.sub(b, v128.load(from + 3 * pixel)));
      from += 16;
    }
    if (++column == width) {
      column = 0;
      image++;
    }
  }
}

/** Aᵀ m of every tile, with bias and ReLU: the larger of its two values, and which it is. */
function poolTiles(call: PooledWinogradLine, j: usize, first: i32, count: i32): void {
  const width = call.width;
  const part = (<usize>call.strip) << 5;
  const channels = (<usize>call.panels) << 3;
  const low = v128.load(call.bias + (j << 5));
  const high = v128.load(call.bias + (j << 5), 16);
  let column = first % width;
  let image = first / width;
  let from = call.products;
  let choice = call.choice ? call.choice + <usize>first * channels + (j << 3) : 0;
  for (let tile = 0; tile < count; tile++) {
    const y = call.y + <usize>(image * call.yImage + column * call.yPixel) + (j << 5);
    const lowWins = poolTile(y, from, part, low);
    const highWins = poolTile(y + 16, from + 16, part, high);
    if (choice) {
      storeChoices(choice, lowWins, highWins);
      choice += channels;
    }
    from += 32;
    if (++column == width) {
      column = 0;
      image++;
    }
  }
}

/** Four filters of a tile. @returns which place won, as PooledConvolution counts */
function poolTile(y: usize, from: usize, part: usize, bias: v128): v128 {
  const m1 = v128.load(from + part);
  const m2 = v128.load(from + 2 * part);
  const left = f32x4.add(f32x4.add(v128.load(from), m1), m2);
  const right = f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 3 * part));
  const best = larger(left, right);
  const value = f32x4.add(best, bias); // the larger is the same with and without
  v128.store(y, rectified(value));
  return chosenOfPair(best, value, left);
}
