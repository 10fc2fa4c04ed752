import type { Layer, Shape } from "./layer";
import { checkCount, checkOne, onlyInput, shapeWords, wholeParam } from "./params";

type Padding = "same" | "valid";

const isPadding = (value: unknown): value is Padding => value === "same" || value === "valid";

/** What lies around a window's input. @throws Error when it is not said: `check` comes before every other question */
export function paddingOf({ padding }: Layer["params"]): Padding {
  if (!isPadding(padding)) throw new Error("layers: no padding; check must be asked first");
  return padding;
}

/** Reason why a param is no padding. */
const checkPadding = ({ padding }: Layer["params"]): string | undefined =>
  isPadding(padding) ? undefined : `its padding is "same" or "valid", seen ${JSON.stringify(padding)}`;

/** Reason why a window of `kernel` along each of the first sides fits nowhere. */
function checkRoom(params: Layer["params"], input: Shape, sides: 1 | 2): string | undefined {
  const kernel = wholeParam(params, "kernel");
  if (paddingOf(params) === "same" || input.slice(0, sides).every((side) => side >= kernel)) return undefined;
  const window = sides === 1 ? `${kernel} steps` : `${kernel} × ${kernel}`;
  return `a kernel of ${window} doesn't fit into ${shapeWords(input)}`;
}

/** How many places a window takes along a side. */
export function placesAlong(params: Layer["params"], side: number): number {
  const stride = wholeParam(params, "stride");
  if (paddingOf(params) === "same") return Math.ceil(side / stride);
  return Math.floor((side - wholeParam(params, "kernel")) / stride) + 1;
}

/** Reason why filters of `kernel`, `stride` and `padding` can't slide along the first sides of the one input. */
export const checkWindow = (
  params: Layer["params"],
  inputs: readonly Shape[],
  sides: 1 | 2,
): string | undefined =>
  checkCount(params, "kernel") ??
  checkCount(params, "stride") ??
  checkPadding(params) ??
  checkOne(inputs, sides + 1) ??
  checkRoom(params, onlyInput(inputs), sides);

/** What Keras is told of a convolution's windows along so many sides. */
export function kerasWindow(params: Layer["params"], sides: 1 | 2): Readonly<Record<string, unknown>> {
  const along = (name: string): readonly number[] =>
    Array.from({ length: sides }, () => wholeParam(params, name));
  return {
    kernel_size: along("kernel"),
    strides: along("stride"),
    padding: paddingOf(params),
    activation: "linear",
    use_bias: true,
  };
}
