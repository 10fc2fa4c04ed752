import type { Tf } from "@seams/core/train";
import type { DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import { heap, type Kernel, sizeOf } from "./kernel";

/** What both backends offer beyond the abstract class: making an output tensor. */
interface CpuBackend extends KernelBackend {
  makeTensorInfo(shape: number[], dtype: DataType, values?: Float32Array | Int32Array): TensorInfo;
}

/** The cpu backend's kernel on wasm tensors: slow and right, for ops that are rare in training. */
export function borrowFromCpu(tf: Tf, name: string): Kernel {
  return (call) => {
    const cpu = tf.findBackend("cpu") as CpuBackend; // registered with the wasm backend, which imports it
    const kernel = tf.getKernel(name, "cpu");
    const inputs: Record<string, TensorInfo> = {};
    for (const [key, info] of Object.entries(call.inputs)) {
      if (info === undefined) continue;
      const values = call.backend.readSync(info.dataId) as Float32Array | Int32Array; // no strings in training
      inputs[key] = cpu.makeTensorInfo(info.shape, info.dtype, values);
    }
    const result = kernel.kernelFunc({ inputs, attrs: call.attrs, backend: cpu });
    if (Array.isArray(result)) throw new Error(`kernels: ${name} has more than one output.`);
    const out = call.backend.makeOutput(result.shape, "float32");
    heap(call.backend, out).set(
      (cpu.readSync(result.dataId) as Float32Array).subarray(0, sizeOf(result.shape)),
    );
    for (const info of [...Object.values(inputs), result]) cpu.disposeData(info.dataId);
    return out;
  };
}
