import type { Tf } from "@seams/core/train";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelFunc } from "@tensorflow/tfjs-core";
import { borrowFromCpu } from "./borrow";
import { conv2dBackpropFilter, conv2dBackpropInput } from "./conv2d-backprop";
import { identity } from "./identity";
import { type Kernel, stockKernels } from "./kernel";
import { fusedMatMul, matMul } from "./mat-mul";
import { maxPoolGrad } from "./max-pool-grad";
import { addByRows, sumOfRows } from "./reduce";
import { loadSimdKernels } from "./simd";

/** Id of this set of kernels: part of every cache key, so a change of their bits is a change of this. */
export const WASM_KERNELS = "seams-wasm-1";

/** Kernels that stock tfjs-wasm 4.22 lacks or gets wrong, and that training needs rarely. */
const borrowed = [
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
  "UnsortedSegmentSum",
  "ResizeNearestNeighborGrad",
  "Conv3DBackpropInputV2",
];

/**
 * Puts kernels that are right, and fast enough to train with, over those of the wasm backend, which must have started.
 * The parity suite holds all of them against the cpu backend.
 *
 * @param module the compiled assembly/eager.ts, base64
 */
export function correctWasmKernels(tf: Tf, backend: BackendWasm, module: string): void {
  const simd = loadSimdKernels(backend, module);
  const stock = stockKernels(tf);
  const corrected: Record<string, Kernel> = {
    Add: addByRows(stock),
    BatchMatMul: matMul(stock),
    Conv2DBackpropFilter: conv2dBackpropFilter(tf, simd),
    Conv2DBackpropInput: conv2dBackpropInput(tf, stock),
    Identity: identity,
    MaxPoolGrad: maxPoolGrad(tf, simd),
    Sum: sumOfRows(stock, simd),
    _FusedMatMul: fusedMatMul(stock),
  };
  for (const name of borrowed) corrected[name] = borrowFromCpu(tf, name);
  for (const [kernelName, kernel] of Object.entries(corrected)) {
    if (tf.getKernel(kernelName, "wasm") !== undefined) tf.unregisterKernel(kernelName, "wasm");
    // tfjs' type of a kernel hides the backend's class, which the registry guarantees by name.
    tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc: kernel as unknown as KernelFunc });
  }
}
