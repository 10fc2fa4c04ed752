import type { Layer, Shape } from "./layer";

type Params = Layer["params"];

/**
 * A whole number among a layer's params.
 * @throws Error when it is none: `check` comes before every other question
 */
export function wholeParam(params: Params, name: string): number {
  const value = params[name];
  if (typeof value !== "number" || !Number.isInteger(value)) {
    throw new Error(`layers: the param ${name} is no whole number; check must be asked first`);
  }
  return value;
}

/**
 * A part of a whole among a layer's params.
 * @throws Error when it is no number: `check` comes before every other question
 */
export function partParam(params: Params, name: string): number {
  const value = params[name];
  if (typeof value !== "number")
    throw new Error(`layers: the param ${name} is no number; check must be asked first`);
  return value;
}

/** Reason why a param is not a whole number of at least 1. */
export function checkCount(params: Params, name: string): string | undefined {
  const value = params[name];
  if (typeof value === "number" && Number.isInteger(value) && value >= 1) return undefined;
  return `its ${name} must be a whole number of at least 1, seen ${JSON.stringify(value)}`;
}

/** Reason why there isn't exactly one input, or it has another number of sides. `rank` absent: any number. */
export function checkOne(inputs: readonly Shape[], rank?: number): string | undefined {
  const [input, ...more] = inputs;
  if (input === undefined || more.length > 0) return `it takes one input, seen ${inputs.length}`;
  if (rank === undefined || input.length === rank) return undefined;
  return `it takes ${RANKS[rank] ?? `${rank} sides`}, seen ${shapeWords(input)}`;
}

/** Reason why there isn't exactly one input of values at several places: an image or a sequence of rows. */
export function checkPlaces(inputs: readonly Shape[]): string | undefined {
  const reason = checkOne(inputs);
  if (reason !== undefined) return reason;
  const shape = onlyInput(inputs);
  return shape.length === 2 || shape.length === 3
    ? undefined
    : `it takes an image or a sequence of rows, seen ${shapeWords(shape)}`;
}

const RANKS: Readonly<Record<number, string>> = {
  1: "a row of numbers",
  2: "a sequence of rows",
  3: "an image",
};

/** The only input's shape. @throws Error when there is none: `check` comes before every other question */
export function onlyInput([input]: readonly Shape[]): Shape {
  if (input === undefined) throw new Error("layers: no input; check must be asked first");
  return input;
}

/** Number of values of a shape. */
export const sizeOf = (shape: Shape): number => shape.reduce((size, side) => size * side, 1);

/** "28 × 28 × 1", "20". */
export const shapeWords = (shape: Shape): string => shape.join(" × ");
