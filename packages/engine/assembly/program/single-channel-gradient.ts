// The gradient of a 3 × 3 kernel over images with one channel, behind whose ReLU lies a 2 × 2 max-pool. A window is three
// vectors here: filters are taken four at a time, every tile in turn, with all sums in registers and no list of places.
import { multiplyAdd } from "./fused";

/** As SparseGradient without dx: dKernel is [filters][3][4], for filters up to a multiple of 4; all is written. */
@unmanaged
export class SingleGradient {
  images: i32;
  /** Tiles. */
  height: i32;
  width: i32;
  filters: i32;
  dy: usize;
  dyImage: i32;
  dyRow: i32;
  dyPixel: i32;
  choice: usize;
  channels: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  xDown: i32;
  xAcross: i32;
  dKernel: usize;
  dBias: usize;
  /** Room for 12 values. */
  list: usize;
}

export function singleGradient(call: SingleGradient): void {
  const offsets = call.list + 16;
  const down = <u32>call.xDown;
  const across = <u32>call.xAcross;
  // A choice of 4 or more has no gradient: it may read anywhere.
  memory.fill(offsets, 0, 32);
  store<u32>(offsets, across, 4);
  store<u32>(offsets, down, 8);
  store<u32>(offsets, down + across, 12);
  for (let f: usize = 0; f < <usize>call.filters; f += 4) gradientOfFour(call, f, offsets);
}

function gradientOfFour(call: SingleGradient, f: usize, offsets: usize): void {
  const list = call.list;
  const row = <usize>call.xRow;
  const across = (<usize>call.xAcross) << 1;
  const channels = <usize>call.channels;
  const dyPixel = <usize>call.dyPixel;
  let choice = call.choice + f;
  let bias = f32x4.splat(0);
  let a0 = bias;
  let a1 = bias;
  let a2 = bias;
  let b0 = bias;
  let b1 = bias;
  let b2 = bias;
  let c0 = bias;
  let c1 = bias;
  let c2 = bias;
  let d0 = bias;
  let d1 = bias;
  let d2 = bias;
  for (let n = 0; n < call.images; n++) {
    for (let i = 0; i < call.height; i++) {
      let corner = call.x + <usize>(n * call.xImage + 2 * i * call.xDown);
      let dy = call.dy + <usize>(n * call.dyImage + i * call.dyRow) + (f << 2);
      const end = choice + <usize>call.width * channels;
      for (; choice != end; choice += channels) {
        const places = load<u32>(choice);
        const passes = i32x4.lt_u(widened(choice), i32x4.splat(4));
        const slopes = v128.and(v128.load(dy), passes);
        bias = f32x4.add(bias, slopes);
        v128.store(list, slopes);
        const a = corner + <usize>load<u32>(offsets + ((<usize>(places & 7)) << 2));
        const sa = v128.load32_splat(list);
        a0 = multiplyAdd(sa, v128.load(a), a0);
        a1 = multiplyAdd(sa, v128.load(a + row), a1);
        a2 = multiplyAdd(sa, v128.load(a + 2 * row), a2);
        const b = corner + <usize>load<u32>(offsets + ((<usize>((places >> 8) & 7)) << 2));
        const sb = v128.load32_splat(list, 4);
        b0 = multiplyAdd(sb, v128.load(b), b0);
        b1 = multiplyAdd(sb, v128.load(b + row), b1);
        b2 = multiplyAdd(sb, v128.load(b + 2 * row), b2);
        const c = corner + <usize>load<u32>(offsets + ((<usize>((places >> 16) & 7)) << 2));
        const sc = v128.load32_splat(list, 8);
        c0 = multiplyAdd(sc, v128.load(c), c0);
        c1 = multiplyAdd(sc, v128.load(c + row), c1);
        c2 = multiplyAdd(sc, v128.load(c + 2 * row), c2);
        const d = corner + <usize>load<u32>(offsets + ((<usize>((places >> 24) & 7)) << 2));
        const sd = v128.load32_splat(list, 12);
        d0 = multiplyAdd(sd, v128.load(d), d0);
        d1 = multiplyAdd(sd, v128.load(d + row), d1);
        d2 = multiplyAdd(sd, v128.load(d + 2 * row), d2);
        corner += across;
        dy += dyPixel;
      }
    }
  }
  v128.store(call.dBias + (f << 2), bias);
  const to = call.dKernel + f * 48;
  storeRows(to, a0, a1, a2);
  storeRows(to + 48, b0, b1, b2);
  storeRows(to + 96, c0, c1, c2);
  storeRows(to + 144, d0, d1, d2);
}

/** Four bytes as four integers. */
function widened(at: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at)));
}

function storeRows(to: usize, a: v128, b: v128, c: v128): void {
  v128.store(to, a);
  v128.store(to, b, 16);
  v128.store(to, c, 32);
}
