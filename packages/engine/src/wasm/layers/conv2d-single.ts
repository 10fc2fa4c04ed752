import type { Build, Value } from "../build";
import { type DirectCall, SQUARE, transformKernel } from "./conv2d-winograd";
import { type Ends, type Geometry, gridOf } from "./geometry";

/** Whether a convolution behind which lies a pool reads grey images by 3 × 3 kernels: there are kernels for this alone. */
export function isSingleChannel(x: Value, { kernelRows, kernelColumns, stride }: Geometry): boolean {
  return kernelRows === 3 && kernelColumns === 3 && stride === 1 && gridOf(x.layout).pixel === 1;
}

/** The kernel in Winograd's form, then all tiles; `call` is the direct convolution's. */
export function emitPooledSingle(build: Build, ends: Ends, call: DirectCall): void {
  const { width } = gridOf(ends.y.layout);
  const transformed = transformKernel(build, ends, { form: SQUARE, call });
  const inputs = { buffer: build.tape.passing(SQUARE.parts * width), offset: 0 };
  build.tape.call("pooledSingle", { ...transformed, inputs });
}
