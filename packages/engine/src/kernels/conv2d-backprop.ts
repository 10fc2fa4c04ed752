import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { backend_util, TensorInfo } from "@tensorflow/tfjs-core";
import type { Tf } from "@seams/core/train";
import { filterGradient } from "./filter-gradient";
import { heap, input, type Kernel, type KernelCall, release, type StockKernels } from "./kernel";
import type { SimdKernels } from "./simd";

type ConvInfo = backend_util.Conv2DInfo;
type FourSides = [number, number, number, number];

/** Gradient of a convolution by its filter, which the wasm backend lacks. */
export function conv2dBackpropFilter(tf: Tf, simd: SimdKernels): Kernel {
  return (call) => {
    const [x, dy] = [input(call, "x"), input(call, "dy")];
    const info = convInfo(tf, call, { x: x.shape, filter: numbers(call, "filterShape") });
    return filterGradient(simd, call.backend, { x, dy, info });
  };
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
