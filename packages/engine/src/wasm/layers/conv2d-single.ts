import type { Build, Value } from "../build";
import type { Operand, Place } from "../tape";
import { type Ends, type Geometry, gridOf } from "./geometry";

/** Values of a tile in Winograd's form. */
const TILE = 16;

/** Whether a convolution behind which lies a pool reads grey images by 3 × 3 kernels: there are kernels for this alone. */
export function isSingleChannel(x: Value, { kernelRows, kernelColumns, stride }: Geometry): boolean {
  return kernelRows === 3 && kernelColumns === 3 && stride === 1 && gridOf(x.layout).pixel === 1;
}

/** The kernel in Winograd's form, then all tiles; `call` is the direct convolution's. */
export function emitPooledSingle(
  build: Build,
  { y }: Ends,
  call: Readonly<Record<"kernel" | "panels", Operand>> & Readonly<Record<string, Operand>>,
): void {
  const { tape } = build;
  const { width, pixel: filters } = gridOf(y.layout); // whole panels
  const passing = (floats: number): Place => ({ buffer: tape.passing(floats), offset: 0 });
  const kernel = passing(TILE * filters);
  tape.call("winogradKernel", { from: call.kernel, to: kernel, panels: call.panels, channels: 1 });
  const { asLine: _line, kernelRows: _rows, run: _run, xDown: _down, xAcross: _across, ...places } = call;
  tape.call("pooledSingle", { ...places, kernel, inputs: passing(TILE * width) });
}
