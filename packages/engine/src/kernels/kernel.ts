import type { Tf } from "@seams/core/train";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { KernelFunc, NamedAttrMap, TensorInfo } from "@tensorflow/tfjs-core";

/** What a kernel is called with. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, TensorInfo | undefined>>;
  readonly attrs: NamedAttrMap;
  readonly backend: BackendWasm;
}

/** A kernel with one output. It disposes whatever it makes besides. */
export type Kernel = (call: KernelCall) => TensorInfo;

/** The wasm backend's own kernels by name, as they were before ours were put over them. */
export type StockKernels = (name: string) => Kernel;

/** Remembers the kernels registered now. Asking for one that is not there is our mistake, and throws. */
export function stockKernels(tf: Tf): StockKernels {
  const known = new Map(
    tf.getKernelsForBackend("wasm").map((config) => [config.kernelName, config.kernelFunc]),
  );
  return (name) => {
    const kernel = known.get(name);
    if (kernel === undefined) throw new Error(`kernels: the wasm backend has no ${name}.`);
    return (call) => single(name, kernel(call as Parameters<KernelFunc>[0])); // tfjs' type is the same, but mutable
  };
}

function single(name: string, output: TensorInfo | TensorInfo[]): TensorInfo {
  if (Array.isArray(output)) throw new Error(`kernels: ${name} has more than one output.`);
  return output;
}

/** @throws Error when the kernel was called without this input */
export function input(call: KernelCall, name: string): TensorInfo {
  const info = call.inputs[name];
  if (info === undefined) throw new Error(`kernels: the input ${name} is missing.`);
  return info;
}

/** The same values under another shape: a view that must not outlive them, and is not disposed by itself. */
export function reshaped(info: TensorInfo, shape: number[]): TensorInfo {
  return { dataId: info.dataId, shape, dtype: info.dtype };
}

/** A float32 tensor's values inside wasm memory. Valid until the next allocation: allocate first, then look. */
export function heap(backend: BackendWasm, info: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array; // float32 by contract
}

export function release(backend: BackendWasm, ...infos: readonly TensorInfo[]): void {
  for (const info of infos) backend.disposeData(info.dataId);
}

/** Number of values of a shape. */
export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);
