import type { backend_util } from "@tensorflow/tfjs-core";
import type { Tf } from "@seams/core/train";
import { heap, input, type Kernel } from "./kernel";
import { addressOf, type SimdKernels } from "./simd";

type PoolInfo = backend_util.Conv2DInfo;

/**
 * Gradient of max-pooling: each window's gradient goes to its first largest value. The stock kernel starts its search
 * at 0 and so loses the gradient of every window whose largest value is 0 or less.
 */
export function maxPoolGrad(tf: Tf, simd: SimdKernels): Kernel {
  return (call) => {
    const x = input(call, "input");
    const dy = input(call, "dy");
    const { filterSize, strides, pad, dimRoundingMode } = call.attrs as unknown as PoolAttributes; // the op's own
    const shape = x.shape as [number, number, number, number]; // checked by the op
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const output = call.inputs["output"];
    const dx = call.backend.makeOutput(x.shape, "float32");
    heap(call.backend, dx).fill(0);
    if (output !== undefined && isPairs(info) && info.inChannels % 4 === 0) {
      const addresses = [x, output, dy, dx].map((one) => addressOf(call.backend, one));
      const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth } = info;
      simd.poolGradient(...addresses, batchSize, inHeight, inWidth, inChannels, outHeight, outWidth);
    } else {
      route({ dx: heap(call.backend, dx), x: heap(call.backend, x), dy: heap(call.backend, dy), info });
    }
    return dx;
  };
}

interface PoolAttributes {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

interface Values {
  readonly dx: Float32Array;
  readonly x: Float32Array;
  readonly dy: Float32Array;
  readonly info: PoolInfo;
}

/** Whether the windows are 2×2, side by side and wholly inside the image. */
function isPairs(info: PoolInfo): boolean {
  const sides = [info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth];
  const isInside = 2 * info.outHeight <= info.inHeight && 2 * info.outWidth <= info.inWidth;
  return sides.every((side) => side === 2) && info.padInfo.top === 0 && info.padInfo.left === 0 && isInside;
}

/** Any windows, overlapping and cut off by the border too. */
function route({ dx, x, dy, info }: Values): void {
  const { inHeight, inWidth, inChannels } = info;
  let at = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (let outRow = 0; outRow < info.outHeight; outRow++) {
      const [top, bottom] = span(outRow * info.strideHeight - info.padInfo.top, info.filterHeight, inHeight);
      for (let outColumn = 0; outColumn < info.outWidth; outColumn++) {
        const [left, right] = span(
          outColumn * info.strideWidth - info.padInfo.left,
          info.filterWidth,
          inWidth,
        );
        for (let channel = 0; channel < inChannels; channel++) {
          let best = Number.NEGATIVE_INFINITY;
          let winner = -1;
          for (let row = top; row < bottom; row++) {
            let from = ((image * inHeight + row) * inWidth + left) * inChannels + channel;
            for (let column = left; column < right; column++) {
              const value = x[from] ?? 0;
              if (value > best) {
                best = value;
                winner = from;
              }
              from += inChannels;
            }
          }
          if (winner >= 0) dx[winner] = (dx[winner] ?? 0) + (dy[at] ?? 0);
          at++;
        }
      }
    }
  }
}

/** The part of a window that lies inside the image. */
const span = (start: number, length: number, side: number): [number, number] => [
  Math.max(0, start),
  Math.min(side, start + length),
];
