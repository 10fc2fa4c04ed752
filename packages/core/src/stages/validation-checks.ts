import type { Training } from "./stage";

/** Checks of the validation part in a phase that runs all its steps, about. */
export const CHECKS = 40;

/**
 * How many steps a phase is expected to make. Early stopping ends it anywhere between its first chance, after `patience`
 * checks without a new best, and all its steps; where in between depends on the data. The middle of the two in ratio is
 * off by the same factor either way, by less than 2 for the usual patience of 10.
 */
export function expectedSteps({
  steps,
  patience,
  validation,
}: Pick<Training, "steps" | "patience" | "validation">): number {
  if (patience === 0 || validation === 0) return steps;
  const first = Math.min(1, (patience + 1) / Math.min(CHECKS, Math.max(steps, 1)));
  return steps * Math.sqrt(first);
}
