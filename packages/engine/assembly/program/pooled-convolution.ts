// Convolutions with the pool behind them; kernels and strides as in convolution.ts.
import { multiplyAdd } from "./fused";
import { chosen, chosenOfPair, larger, largest, rectified, storeChoices } from "./tile";

/**
 * Convolution, bias, ReLU and 2 × 2 max-pool in one: `height` and `width` count tiles, the four windows of a tile stay
 * in registers. `choice` gets, per value of y and in its order without borders, which window won: 0 to 3 in reading
 * order, the first of equals; 4 where nothing was above 0. 0: not wanted. Along a line tiles are pairs, done two at once.
 */
@unmanaged
export class PooledConvolution {
  asLine: i32;
  images: i32;
  height: i32;
  width: i32;
  kernelRows: i32;
  run: i32;
  panels: i32;
  x: usize;
  xImage: i32;
  xRow: i32;
  xDown: i32;
  xAcross: i32;
  kernel: usize;
  bias: usize;
  y: usize;
  yImage: i32;
  yRow: i32;
  yPixel: i32;
  choice: usize;
}

export function pooledConvolution(call: PooledConvolution): void {
  const runBytes = (<usize>call.run) << 2;
  const kernelRows = call.kernelRows;
  const xRow = <usize>call.xRow;
  const across = <usize>call.xAcross;
  const down = <usize>call.xDown;
  const yPixel = <usize>call.yPixel;
  const panelBytes = (<usize>kernelRows * runBytes) << 3;
  const channels = (<usize>call.panels) << 3;
  const asLine = call.asLine;
  const atOnce = asLine && call.width > 1 ? 2 : 1;
  // From a step's first two windows to its last two: a row down, or the tile beside it; a line's only tile is done twice.
  const lower = asLine ? (atOnce == 2 ? 2 * across : 0) : down;
  const beside = atOnce == 2 ? yPixel : 0;
  for (let j: usize = 0; j < <usize>call.panels; j++) {
    const panel = call.kernel + j * panelBytes;
    const first = v128.load(call.bias + (j << 5));
    const second = v128.load(call.bias + (j << 5), 16);
    for (let n = 0; n < call.images; n++) {
      for (let i = 0; i < call.height; i++) {
        const xStart = call.x + <usize>(n * call.xImage) + <usize>(2 * i) * down;
        const yStart = call.y + <usize>(n * call.yImage + i * call.yRow) + (j << 5);
        const choices = call.choice + <usize>((n * call.height + i) * call.width) * channels + (j << 3);
        for (let column = 0; column < call.width; column += atOnce) {
          // The last two tiles of a line may overlap those before: the one that does gets the same values again.
          if (column + atOnce > call.width) column = call.width - atOnce;
          const corner = xStart + <usize>(2 * column) * across;
          const y = yStart + <usize>column * yPixel;
          let c00 = first;
          let c01 = second;
          let c10 = first;
          let c11 = second;
          let c20 = first;
          let c21 = second;
          let c30 = first;
          let c31 = second;
          let b = panel;
          let from = corner;
          for (let u = 0; u < kernelRows; u++) {
            let x0 = from;
            let x1 = x0 + across;
            let x2 = x0 + lower;
            let x3 = x2 + across;
            const end = from + runBytes;
            while (x0 != end) {
              const b0 = v128.load(b);
              const b1 = v128.load(b, 16);
              const s0 = v128.load32_splat(x0);
              c00 = multiplyAdd(s0, b0, c00);
              c01 = multiplyAdd(s0, b1, c01);
              const s1 = v128.load32_splat(x1);
              c10 = multiplyAdd(s1, b0, c10);
              c11 = multiplyAdd(s1, b1, c11);
              const s2 = v128.load32_splat(x2);
              c20 = multiplyAdd(s2, b0, c20);
              c21 = multiplyAdd(s2, b1, c21);
              const s3 = v128.load32_splat(x3);
              c30 = multiplyAdd(s3, b0, c30);
              c31 = multiplyAdd(s3, b1, c31);
              x0 += 4;
              x1 += 4;
              x2 += 4;
              x3 += 4;
              b += 32;
            }
            from += xRow;
          }
          const choice = call.choice ? choices + <usize>column * channels : 0;
          if (asLine) {
            putPair(y, choice, c00, c01, c10, c11);
            putPair(y + beside, choice ? choice + (atOnce == 2 ? channels : 0) : 0, c20, c21, c30, c31);
          } else {
            const low = largest(c00, c10, c20, c30);
            const high = largest(c01, c11, c21, c31);
            v128.store(y, rectified(low));
            v128.store(y, rectified(high), 16);
            if (choice)
              storeChoices(choice, chosen(low, low, c00, c10, c20), chosen(high, high, c01, c11, c21));
          }
        }
      }
    }
  }
}

/** The larger of two windows of 8 filters, or 0; and which it was, where that is wanted. */
function putPair(y: usize, choice: usize, a0: v128, a1: v128, b0: v128, b1: v128): void {
  const low = larger(a0, b0);
  const high = larger(a1, b1);
  v128.store(y, rectified(low));
  v128.store(y, rectified(high), 16);
  if (choice) storeChoices(choice, chosenOfPair(low, low, a0), chosenOfPair(high, high, a1));
}
