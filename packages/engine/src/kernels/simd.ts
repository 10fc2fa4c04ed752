import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { heap, sizeOf } from "./kernel";
import type {} from "./web-assembly";

/** Our own SIMD kernels, working inside tfjs' memory. Arguments as in assembly/eager.ts: byte offsets, then sizes. */
export interface SimdKernels {
  filterGradient(...args: readonly number[]): void;
  poolGradient(...args: readonly number[]): void;
  columnSums(...args: readonly number[]): void;
}

/** Floats that kernels may read beyond an array's end, into lanes that they never store. */
const SLACK = 8;

/**
 * @param module the compiled assembly/eager.ts, base64
 * @throws Error when the backend's module shows no memory: another version of tfjs-wasm
 */
export function loadSimdKernels(backend: BackendWasm, module: string): SimdKernels {
  const memory = memoryOf(backend.wasm);
  const code = Buffer.from(module, "base64");
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  return exports as unknown as SimdKernels; // the module has these three exports, which the parity suite runs
}

/** Emscripten keeps its exports, the memory among them, under `asm`, which tfjs' types don't show. */
function memoryOf(module: object): WebAssembly.Memory {
  const exported = "asm" in module && typeof module.asm === "object" && module.asm !== null ? module.asm : {};
  const memory = "memory" in exported ? exported.memory : undefined;
  if (!(memory instanceof WebAssembly.Memory))
    throw new Error("kernels: this tfjs-wasm does not show its memory.");
  return memory;
}

/** Byte offset of a tensor in the backend's memory. */
export const addressOf = (backend: BackendWasm, info: TensorInfo): number =>
  backend.getMemoryOffset(info.dataId) >>> 0;

/** A tensor of this many floats, behind which kernels may read. To be released. */
export function allocateWithSlack(backend: BackendWasm, size: number): TensorInfo {
  return backend.makeOutput([size + SLACK], "float32");
}

/** A copy with slack. */
export function copyWithSlack(backend: BackendWasm, info: TensorInfo): TensorInfo {
  const copy = allocateWithSlack(backend, sizeOf(info.shape));
  heap(backend, copy).set(heap(backend, info));
  return copy;
}

/** Whether what kernels may read behind a tensor is still memory. */
export function hasSlack(backend: BackendWasm, info: TensorInfo): boolean {
  const end = addressOf(backend, info) + 4 * (sizeOf(info.shape) + SLACK);
  return end <= heap(backend, info).buffer.byteLength;
}
