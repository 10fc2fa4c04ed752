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
export const SQUARE: Form = {
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

/** The arguments of the direct convolution. */
export type DirectCall = Readonly<Record<"kernel" | "panels" | "choice", Operand>> &
  Readonly<Record<string, Operand>>;

/** The kernel in Winograd's form, then all tiles; `call` is the direct convolution's. */
export function emitWinograd(build: Build, ends: Ends, call: DirectCall): void {
  const { tape } = build;
  const { pixel } = gridOf(ends.x.layout);
  const form = ends.geometry.kernelRows === 1 ? LINE : SQUARE;
  const { toConvolve, parts } = form;
  const strip = Math.max(4, upTo(4, Math.floor(STRIP_BYTES / (4 * parts * pixel))));
  const transformed = transformKernel(build, ends, { form, call });
  const passing = (floats: number): Place => ({ buffer: tape.passing(floats), offset: 0 });
  tape.call(toConvolve, {
    ...transformed,
    channels: pixel,
    strip,
    inputs: passing(parts * strip * pixel),
    products: passing(parts * strip * 8),
  });
}

/** Brings the kernel into Winograd's form. @returns what of the direct convolution's call is left, with that kernel */
export function transformKernel(
  { tape }: Build,
  { x, geometry }: Ends,
  { form, call }: { readonly form: Form; readonly call: DirectCall },
): Readonly<Record<string, Operand>> {
  const { pixel } = gridOf(x.layout);
  const kernel = { buffer: tape.passing(upTo(8, geometry.filters) * form.parts * pixel), offset: 0 };
  tape.call(form.toKernel, { from: call.kernel, to: kernel, panels: call.panels, channels: pixel });
  const left = Object.entries(call).filter(([name]) => !form.without.includes(name));
  return { ...Object.fromEntries(left), kernel };
}
