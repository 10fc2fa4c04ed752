/** 2¹⁶ sign patterns are counted in a moment; for more differences Student's t needs no company. */
const MOST_DIFFERENCES = 16;

/**
 * Exact sign-flip p of "the differences are as likely positive as negative": the share of all 2ⁿ sign patterns whose
 * sum is at least as far from 0. Undefined for none or more than 16 differences.
 *
 * @see Fisher, The Design of Experiments, 1935, §21
 */
export function signFlipP(differences: readonly number[]): number | undefined {
  const n = differences.length;
  if (n === 0 || n > MOST_DIFFERENCES) return undefined;
  const sizes = differences.map(Math.abs);
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  // Patterns that should tie must, whatever the order of rounding.
  const tolerance = 1e-12 * sizes.reduce((sum, size) => sum + size, 0);
  let asFar = 0;
  for (let pattern = 0; pattern < 2 ** n; pattern++) {
    const sum = sizes.reduce((total, size, k) => total + ((pattern >> k) & 1 ? size : -size), 0);
    if (Math.abs(sum) >= observed - tolerance) asFar++;
  }
  return asFar / 2 ** n;
}

/** The smallest sign-flip p that n differences can give: 2/2ⁿ. */
export const smallestSignFlipP = (n: number): number => Math.min(1, 2 / 2 ** n);
