/** The largest distance of any number from 0; 1 where all are 0, so that one can divide by it. */
export const reachOf = (values: readonly number[]): number =>
  values.reduce((reach, value) => Math.max(reach, Number.isFinite(value) ? Math.abs(value) : 0), 0) || 1;

/** One bar between its zero line and its value, from the top of a unit box. */
export interface Bar {
  readonly y: number;
  readonly height: number;
  readonly sign: "plus" | "minus";
}

/** Numbers as bars in a box of height 1. The zero line is at the bottom, or in the middle where some are negative. */
export function barsOf(values: readonly number[], reach: number): readonly Bar[] {
  const hasBoth = values.some((value) => value < 0);
  const [zero, full] = hasBoth ? [0.5, 0.5] : [1, 1];
  return values.map((value) => {
    const height = Math.min(1, Math.abs(value) / reach) * full;
    return value < 0
      ? { y: zero, height, sign: "minus" as const }
      : { y: zero - height, height, sign: "plus" as const };
  });
}

/** Takes the mean of neighbours until there are at most so many numbers: more than that no screen shows apart. */
export function thinned(values: readonly number[], most: number): readonly number[] {
  if (values.length <= most) return values;
  return Array.from({ length: most }, (_, k) => {
    const part = values.slice(
      Math.floor((k * values.length) / most),
      Math.floor(((k + 1) * values.length) / most),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}
