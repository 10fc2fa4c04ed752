import type { Layer, Shape } from "./layer";
import { shapeWords, wholeParam } from "./params";

type Padding = "same" | "valid";

const isPadding = (value: unknown): value is Padding => value === "same" || value === "valid";

/** What lies around a window's input. @throws Error when it is not said: `check` comes before every other question */
export function paddingOf({ padding }: Layer["params"]): Padding {
  if (!isPadding(padding)) throw new Error("layers: no padding; check must be asked first");
  return padding;
}

/** Reason why a param is no padding. */
export const checkPadding = ({ padding }: Layer["params"]): string | undefined =>
  isPadding(padding) ? undefined : `its padding is "same" or "valid", seen ${JSON.stringify(padding)}`;

/** Reason why a window of `kernel` along each of the first sides fits nowhere. */
export function checkRoom(params: Layer["params"], input: Shape, sides: 1 | 2): string | undefined {
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
