import type { Build, Value } from "../build";
import { upTo } from "../layout";
import type { Operand, Place } from "../tape";
import { type Ends, type Geometry, gridOf } from "./geometry";

/** Fewest channels of the input from which on 16 products and their transforms cost less than 36 products. */
const LEAST_CHANNELS = 8;
/** Bytes of transformed tiles that are made before they are multiplied: half of a first cache of 32 KiB. */
const STRIP_BYTES = 16 * 2 ** 10;
/** Values of a tile in Winograd's form. */
const TILE = 16;

/** Whether a convolution behind which lies a pool is to go by Winograd's F(2 × 2, 3 × 3). */
export function suitsWinograd(x: Value, { kernelRows, kernelColumns, stride }: Geometry): boolean {
  const { pixel } = gridOf(x.layout);
  return (
    kernelRows === 3 && kernelColumns === 3 && stride === 1 && pixel >= LEAST_CHANNELS && pixel % 4 === 0
  );
}

/** The kernel in Winograd's form, then all tiles; `call` is the direct convolution's. */
export function emitWinograd(
  build: Build,
  { x, geometry }: Ends,
  call: Readonly<Record<"kernel" | "panels" | "choice", Operand>> & Readonly<Record<string, Operand>>,
): void {
  const { tape } = build;
  const { pixel } = gridOf(x.layout);
  const passing = (floats: number): Place => ({ buffer: tape.passing(floats), offset: 0 });
  const panels = upTo(8, geometry.filters) / 8;
  const strip = Math.max(4, upTo(4, Math.floor(STRIP_BYTES / (4 * TILE * pixel))));
  const kernel = passing(8 * panels * TILE * pixel);
  tape.call("winogradKernel", { from: call.kernel, to: kernel, panels, channels: pixel });
  const { kernelRows: _rows, run: _run, xDown: _down, xAcross: _across, ...places } = call;
  tape.call("pooledWinograd", {
    ...places,
    channels: pixel,
    kernel,
    strip,
    inputs: passing(TILE * strip * pixel),
    products: passing(TILE * strip * 8),
  });
}
