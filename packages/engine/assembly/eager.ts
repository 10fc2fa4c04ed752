// AssemblyScript, compiled by build.mjs: kernels for ops of tfjs, working in its memory.
// Kernels that have no fast composition of tfjs ops. Addresses are byte offsets in tfjs' own memory.

/**
 * Gradient of a convolution by its filter: dw[u][t][o] += Σ over n, y, x of padded[n, y·sh+u, x·sw, t] · dy[n, y, x, o],
 * where t counts columns and channels of a window's row at once, which lie side by side in memory. Four t by eight o
 * stay in registers. `padded` is zero-bordered; both arrays may be read up to 32 bytes beyond their ends, into lanes
 * that are never stored. Sums are taken image by image, which keeps rounding small.
 */
export function filterGradient(
  padded: usize,
  dy: usize,
  dw: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  outChannels: i32,
  filterHeight: i32,
  filterWidth: i32,
  strideHeight: i32,
  strideWidth: i32,
): void {
  const taps = filterWidth * channels;
  const rowBytes = (<usize>(width * channels)) << 2;
  const imageBytes = rowBytes * <usize>height;
  const xStep = (<usize>(strideWidth * channels)) << 2;
  const dyStep = (<usize>outChannels) << 2;
  const dyRowBytes = dyStep * <usize>outWidth;
  for (let u = 0; u < filterHeight; u++) {
    for (let t = 0; t < taps; t += 4) {
      for (let o = 0; o < outChannels; o += 8) {
        for (let n = 0; n < batch; n++) {
          let a0 = f32x4.splat(0),
            a1 = f32x4.splat(0),
            b0 = f32x4.splat(0),
            b1 = f32x4.splat(0);
          let c0 = f32x4.splat(0),
            c1 = f32x4.splat(0),
            d0 = f32x4.splat(0),
            d1 = f32x4.splat(0);
          for (let y = 0; y < outHeight; y++) {
            let from =
              padded + <usize>n * imageBytes + <usize>(y * strideHeight + u) * rowBytes + ((<usize>t) << 2);
            let slope = dy + <usize>(n * outHeight + y) * dyRowBytes + ((<usize>o) << 2);
            const end = slope + dyRowBytes;
            for (; slope < end; slope += dyStep, from += xStep) {
              const low = v128.load(slope);
              const high = v128.load(slope, 16);
              const first = v128.load32_splat(from);
              const second = v128.load32_splat(from, 4);
              const third = v128.load32_splat(from, 8);
              const fourth = v128.load32_splat(from, 12);
              a0 = f32x4.add(a0, f32x4.mul(first, low));
              a1 = f32x4.add(a1, f32x4.mul(first, high));
              b0 = f32x4.add(b0, f32x4.mul(second, low));
              b1 = f32x4.add(b1, f32x4.mul(second, high));
              c0 = f32x4.add(c0, f32x4.mul(third, low));
              c1 = f32x4.add(c1, f32x4.mul(third, high));
              d0 = f32x4.add(d0, f32x4.mul(fourth, low));
              d1 = f32x4.add(d1, f32x4.mul(fourth, high));
            }
          }
          const to = dw + ((<usize>((u * taps + t) * outChannels + o)) << 2);
          const lanes = outChannels - o;
          addLanes(to, a0, a1, lanes);
          if (t + 1 < taps) addLanes(to + dyStep, b0, b1, lanes);
          if (t + 2 < taps) addLanes(to + 2 * dyStep, c0, c1, lanes);
          if (t + 3 < taps) addLanes(to + 3 * dyStep, d0, d1, lanes);
        }
      }
    }
  }
}

/** Adds the first `lanes` of eight values to those in memory. */
function addLanes(to: usize, low: v128, high: v128, lanes: i32): void {
  if (lanes >= 8) {
    v128.store(to, f32x4.add(v128.load(to), low));
    v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
    return;
  }
  if (lanes >= 1) addOne(to, f32x4.extract_lane(low, 0));
  if (lanes >= 2) addOne(to + 4, f32x4.extract_lane(low, 1));
  if (lanes >= 3) addOne(to + 8, f32x4.extract_lane(low, 2));
  if (lanes >= 4) addOne(to + 12, f32x4.extract_lane(low, 3));
  if (lanes >= 5) addOne(to + 16, f32x4.extract_lane(high, 0));
  if (lanes >= 6) addOne(to + 20, f32x4.extract_lane(high, 1));
  if (lanes >= 7) addOne(to + 24, f32x4.extract_lane(high, 2));
}

function addOne(to: usize, value: f32): void {
  store<f32>(to, load<f32>(to) + value);
}

/**
 * Gradient of max-pooling by 2×2 windows side by side: the first value of a window that equals its largest gets the
 * window's gradient. `channels` is a multiple of 4. dx outside of every window is left as it is.
 */
export function poolGradient(
  x: usize,
  y: usize,
  dy: usize,
  dx: usize,
  batch: i32,
  height: i32,
  width: i32,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
): void {
  const pixel = (<usize>channels) << 2;
  const row = pixel * <usize>width;
  let at: usize = 0;
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < outHeight; i++) {
      let corner = (<usize>(n * height) + 2 * <usize>i) * row;
      for (let j = 0; j < outWidth; j++, corner += 2 * pixel) {
        for (let c: usize = 0; c < pixel; c += 16, at += 16) {
          const a = corner + c;
          const best = v128.load(y + at);
          const slope = v128.load(dy + at);
          const isA = f32x4.eq(v128.load(x + a), best);
          const isB = v128.andnot(f32x4.eq(v128.load(x + a + pixel), best), isA);
          const isAB = v128.or(isA, isB);
          const isC = v128.andnot(f32x4.eq(v128.load(x + a + row), best), isAB);
          const isD = v128.andnot(f32x4.eq(v128.load(x + a + row + pixel), best), v128.or(isAB, isC));
          v128.store(dx + a, v128.and(slope, isA));
          v128.store(dx + a + pixel, v128.and(slope, isB));
          v128.store(dx + a + row, v128.and(slope, isC));
          v128.store(dx + a + row + pixel, v128.and(slope, isD));
        }
      }
    }
  }
}

/** Sums of the columns of x, [rows, columns], in double precision; `columns` is a multiple of 4. */
export function columnSums(x: usize, out: usize, rows: i32, columns: i32): void {
  const step = (<usize>columns) << 2;
  for (let c: usize = 0; c < step; c += 16) {
    let low = f64x2.splat(0),
      high = f64x2.splat(0);
    let from = x + c;
    for (let r = 0; r < rows; r++, from += step) {
      const values = v128.load(from);
      low = f64x2.add(low, f64x2.promote_low_f32x4(values));
      high = f64x2.add(
        high,
        f64x2.promote_low_f32x4(
          i8x16.shuffle(values, values, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
        ),
      );
    }
    store<f32>(out + c, <f32>f64x2.extract_lane(low, 0));
    store<f32>(out + c, <f32>f64x2.extract_lane(low, 1), 4);
    store<f32>(out + c, <f32>f64x2.extract_lane(high, 0), 8);
    store<f32>(out + c, <f32>f64x2.extract_lane(high, 1), 12);
  }
}
