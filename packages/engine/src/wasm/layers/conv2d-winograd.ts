import type { Build, Value } from "../build";
import { upTo } from "../layout";
import type { Operand, Place } from "../tape";
import { type Ends, type Geometry, gridOf } from "./geometry";

/** Fewest channels of the input from which on products in Winograd's form and their transforms cost less. */
const LEAST_CHANNELS = 8;
/** Bytes of transformed tiles that are made before they are multiplied: half of a first cache of 32 KiB. */
const STRIP_BYTES = 16 * 2 ** 10;

/** One form of Winograd's: its kernels, and a tile's values in it. */
interface Form {
  readonly toKernel: string;
  readonly toConvolve: string;
  readonly parts: number;
  /** Arguments of the direct convolution that it has no use for. */
  readonly without: readonly string[];
}

/** F(2 × 2, 3 × 3), for images. */
const SQUARE: Form = {
  toKernel: "winogradKernel",
  toConvolve: "pooledWinograd",
  parts: 16,
  without: ["asLine", "kernelRows", "run", "xDown", "xAcross"],
};

/** F(2, 3), for sequences. */
const LINE: Form = {
  toKernel: "winogradLineKernel",
  toConvolve: "pooledWinogradLine",
  parts: 4,
  without: [...SQUARE.without, "height", "xRow", "yRow"],
};

/** Whether a convolution behind which lies a pool is to go by Winograd's F(2 × 2, 3 × 3), or by F(2, 3). */
export function suitsWinograd(x: Value, { kernelColumns, stride }: Geometry): boolean {
  const { pixel } = gridOf(x.layout);
  return kernelColumns === 3 && stride === 1 && pixel >= LEAST_CHANNELS && pixel % 4 === 0;
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
  const { toKernel, toConvolve, parts, without } = geometry.kernelRows === 1 ? LINE : SQUARE;
  const strip = Math.max(4, upTo(4, Math.floor(STRIP_BYTES / (4 * parts * pixel))));
  const kernel = passing(8 * panels * parts * pixel);
  tape.call(toKernel, { from: call.kernel, to: kernel, panels, channels: pixel });
  tape.call(toConvolve, {
    ...Object.fromEntries(Object.entries(call).filter(([name]) => !without.includes(name))),
    channels: pixel,
    kernel,
    strip,
    inputs: passing(parts * strip * pixel),
    products: passing(parts * strip * 8),
  });
}
