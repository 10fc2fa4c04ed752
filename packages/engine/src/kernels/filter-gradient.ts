import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { backend_util, TensorInfo } from "@tensorflow/tfjs-core";
import { heap, release } from "./kernel";
import { addressOf, allocateWithSlack, copyWithSlack, hasSlack, type SimdKernels } from "./simd";

type ConvInfo = backend_util.Conv2DInfo;

/** What a filter's gradient is computed from: x [batch, height, width, in], dy [batch, outHeight, outWidth, out]. */
export interface FilterGradient {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
  readonly info: ConvInfo;
}

/** [filterHeight, filterWidth, in, out] */
export function filterGradient(
  simd: SimdKernels,
  backend: BackendWasm,
  { x, dy, info }: FilterGradient,
): TensorInfo {
  const { batchSize, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth } = info;
  const height = info.inHeight + info.padInfo.top + info.padInfo.bottom;
  const width = info.inWidth + info.padInfo.left + info.padInfo.right;
  const slopes = hasSlack(backend, dy) ? dy : copyWithSlack(backend, dy);
  const bordered = allocateWithSlack(backend, batchSize * height * width * inChannels);
  const out = backend.makeOutput([filterHeight, filterWidth, inChannels, outChannels], "float32");
  heap(backend, out).fill(0);
  copyIntoBorder(heap(backend, bordered), { from: heap(backend, x), info, height, width });
  simd.filterGradient(
    ...[bordered, slopes, out].map((one) => addressOf(backend, one)),
    ...[batchSize, height, width, inChannels, outHeight, outWidth, outChannels],
    ...[filterHeight, filterWidth, info.strideHeight, info.strideWidth],
  );
  release(backend, bordered);
  if (slopes !== dy) release(backend, slopes);
  return out;
}

interface Bordered {
  readonly from: Float32Array;
  readonly info: ConvInfo;
  readonly height: number;
  readonly width: number;
}

/** Images in the middle of zeros. */
function copyIntoBorder(to: Float32Array, { from, info, height, width }: Bordered): void {
  const { batchSize, inHeight, inWidth, inChannels, padInfo } = info;
  const line = inWidth * inChannels;
  to.fill(0);
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < inHeight; row++) {
      const start = (image * inHeight + row) * line;
      const target = ((image * height + row + padInfo.top) * width + padInfo.left) * inChannels;
      to.set(from.subarray(start, start + line), target);
    }
  }
}
