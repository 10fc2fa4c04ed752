import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { backend_util, TensorInfo } from "@tensorflow/tfjs-core";
import type { Tf } from "@seams/core/train";
import { heap, input, type Kernel, type KernelCall, release, reshaped, type StockKernels } from "./kernel";

type ConvInfo = backend_util.Conv2DInfo;
type FourSides = [number, number, number, number];

/**
 * Gradient of a convolution by its filter, missing in the wasm backend. It is itself a convolution: of the input with
 * its batch as channels, by the output's gradient as a filter as large as the output (dilated by the stride).
 * dW[u,v,i,o] = Σ over n,y,x of X[n, y·s+u−top, x·s+v−left, i] · dY[n,y,x,o].
 */
export function conv2dBackpropFilter(tf: Tf, stock: StockKernels): Kernel {
  return (call) => {
    const x = input(call, "x");
    const dy = input(call, "dy");
    const info = convInfo(tf, call, { x: x.shape, filter: numbers(call, "filterShape") });
    if (info.inChannels * 8 <= info.filterHeight * info.filterWidth)
      return byPatches(stock, call, { x, dy, info });
    return byConvolution(stock, call, { x, dy, info });
  };
}

interface FilterGradient {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
  readonly info: ConvInfo;
}

function byConvolution(stock: StockKernels, call: KernelCall, { x, dy, info }: FilterGradient): TensorInfo {
  const images = transpose(stock, call, { x, perm: [3, 1, 2, 0] }); // [in, height, width, batch]
  const filter = transpose(stock, call, { x: dy, perm: [1, 2, 0, 3] }); // [outHeight, outWidth, batch, out]
  const { top, bottom, left, right } = info.padInfo;
  const whole = stock("Conv2D")({
    ...call,
    inputs: { x: images, filter },
    attrs: {
      strides: [1, 1],
      dilations: [info.strideHeight, info.strideWidth],
      pad: [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ] as unknown as number[], // tfjs' attribute type knows no nested list
      dataFormat: "NHWC",
    },
  }); // [in, filterHeight + rest, filterWidth + rest, out], rest: rows that no window reached
  const size = [info.inChannels, info.filterHeight, info.filterWidth, info.outChannels];
  const part = stock("Slice")({ ...call, inputs: { x: whole }, attrs: { begin: [0, 0, 0, 0], size } });
  const out = transpose(stock, call, { x: part, perm: [1, 2, 0, 3] });
  release(call.backend, images, filter, whole, part);
  return out;
}

/**
 * With few input channels the filter would be packed for next to nothing: patches as rows, then one product.
 * [filterHeight·filterWidth·in, batch·outHeight·outWidth] × [batch·outHeight·outWidth, out].
 */
function byPatches(stock: StockKernels, call: KernelCall, { x, dy, info }: FilterGradient): TensorInfo {
  const positions = info.batchSize * info.outHeight * info.outWidth;
  const taps = info.filterHeight * info.filterWidth * info.inChannels;
  const patches = call.backend.makeOutput([taps, positions], "float32");
  fillPatches(heap(call.backend, patches), heap(call.backend, x), info);
  const attrs = { transposeA: false, transposeB: false };
  const b = reshaped(dy, [positions, info.outChannels]);
  const out = stock("BatchMatMul")({ ...call, inputs: { a: patches, b }, attrs });
  release(call.backend, patches);
  return reshaped(out, [info.filterHeight, info.filterWidth, info.inChannels, info.outChannels]);
}

/** patches[tap][position] = the input value that this tap of the filter meets there, 0 in the border. */
function fillPatches(patches: Float32Array, x: Float32Array, info: ConvInfo): void {
  const { inHeight, inWidth, inChannels, outHeight, outWidth, strideHeight, strideWidth } = info;
  const step = strideWidth * inChannels;
  patches.fill(0);
  let to = 0;
  for (let tapRow = 0; tapRow < info.filterHeight; tapRow++) {
    for (let tapColumn = 0; tapColumn < info.filterWidth; tapColumn++) {
      const shift = tapColumn - info.padInfo.left;
      const first = Math.max(0, Math.ceil(-shift / strideWidth)); // positions first…end−1 meet the image
      const end = Math.min(outWidth, Math.floor((inWidth - 1 - shift) / strideWidth) + 1);
      for (let channel = 0; channel < inChannels; channel++) {
        for (let image = 0; image < info.batchSize; image++) {
          for (let outRow = 0; outRow < outHeight; outRow++, to += outWidth) {
            const row = outRow * strideHeight + tapRow - info.padInfo.top;
            if (row < 0 || row >= inHeight) continue;
            let from =
              ((image * inHeight + row) * inWidth + first * strideWidth + shift) * inChannels + channel;
            for (let at = to + first; at < to + end; at++, from += step) patches[at] = x[from] ?? 0;
          }
        }
      }
    }
  }
}

/**
 * Gradient of a convolution by its input: a convolution of the output's gradient, spread out by the stride, with the
 * filter turned by half a circle and its channels swapped. The stock kernel is right but ten times slower.
 */
export function conv2dBackpropInput(tf: Tf, stock: StockKernels): Kernel {
  return (call) => {
    const dy = input(call, "dy");
    const filter = input(call, "filter");
    const inputShape = numbers(call, "inputShape");
    const info = convInfo(tf, call, { x: inputShape, filter: filter.shape });
    const { top, left } = info.padInfo;
    const before = { top: info.filterHeight - 1 - top, left: info.filterWidth - 1 - left };
    const spread = spreadOut(call.backend, dy, info); // [batch, (outHeight−1)·s+1, (outWidth−1)·s+1, out]
    const after = {
      bottom: info.inHeight - (spread.shape[1] ?? 0) + info.filterHeight - 1 - before.top,
      right: info.inWidth - (spread.shape[2] ?? 0) + info.filterWidth - 1 - before.left,
    };
    const turned = turnFilter(call.backend, filter);
    const out = stock("Conv2D")({
      ...call,
      inputs: { x: spread, filter: turned },
      attrs: {
        strides: [1, 1],
        dilations: [1, 1],
        pad: [
          [0, 0],
          [before.top, after.bottom],
          [before.left, after.right],
          [0, 0],
        ] as unknown as number[], // as above
        dataFormat: "NHWC",
      },
    });
    release(call.backend, turned);
    if (spread !== dy) release(call.backend, spread);
    return out;
  };
}

/** dy with stride − 1 zeros between its rows and columns; dy itself where the stride is 1. */
function spreadOut(backend: BackendWasm, dy: TensorInfo, info: ConvInfo): TensorInfo {
  const { batchSize, outHeight, outWidth, outChannels, strideHeight, strideWidth } = info;
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const height = (outHeight - 1) * strideHeight + 1;
  const width = (outWidth - 1) * strideWidth + 1;
  const spread = backend.makeOutput([batchSize, height, width, outChannels], "float32");
  const from = heap(backend, dy);
  const to = heap(backend, spread).fill(0);
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        const source = ((image * outHeight + row) * outWidth + column) * outChannels;
        const target = ((image * height + row * strideHeight) * width + column * strideWidth) * outChannels;
        for (let channel = 0; channel < outChannels; channel++)
          to[target + channel] = from[source + channel] ?? 0;
      }
    }
  }
  return spread;
}

/** turned[h−1−u, w−1−v, o, i] = filter[u, v, i, o] */
function turnFilter(backend: BackendWasm, filter: TensorInfo): TensorInfo {
  const [height, width, inChannels, outChannels] = filter.shape as FourSides; // a filter has four sides
  const turned = backend.makeOutput([height, width, outChannels, inChannels], "float32");
  const from = heap(backend, filter);
  const to = heap(backend, turned);
  const taps = height * width;
  for (let tap = 0; tap < taps; tap++) {
    const source = tap * inChannels * outChannels;
    const target = (taps - 1 - tap) * inChannels * outChannels;
    for (let i = 0; i < inChannels; i++) {
      for (let o = 0; o < outChannels; o++)
        to[target + o * inChannels + i] = from[source + i * outChannels + o] ?? 0;
    }
  }
  return turned;
}

function transpose(
  stock: StockKernels,
  call: KernelCall,
  { x, perm }: { x: TensorInfo; perm: number[] },
): TensorInfo {
  return stock("Transpose")({ ...call, inputs: { x }, attrs: { perm } });
}

function numbers(call: KernelCall, name: string): number[] {
  return call.attrs[name] as number[]; // tfjs' own attribute, checked by the op before the kernel
}

function convInfo(
  tf: Tf,
  call: KernelCall,
  shapes: { x: readonly number[]; filter: readonly number[] },
): ConvInfo {
  const { strides, pad, dimRoundingMode, dataFormat } = call.attrs as unknown as ConvAttributes; // as above
  const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
  if (format !== "channelsLast") throw new Error("kernels: convolutions are channels last here.");
  const [x, filter] = [[...shapes.x] as FourSides, [...shapes.filter] as FourSides]; // four sides each, by the op
  return tf.backend_util.computeConv2DInfo(x, filter, strides, 1, pad, dimRoundingMode, false, format);
}

interface ConvAttributes {
  readonly strides: [number, number];
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dataFormat: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}
