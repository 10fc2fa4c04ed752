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
  // Half of the patterns mirror the other half, so the first difference keeps its sign.
  let sums: readonly number[] = [sizes[0] ?? 0];
  for (const size of sizes.slice(1))
    sums = [...sums.map((sum) => sum + size), ...sums.map((sum) => sum - size)];
  return sums.filter((sum) => Math.abs(sum) >= observed - tolerance).length / sums.length;
}

/** The smallest sign-flip p that n differences can give: 2/2ⁿ. */
export const smallestSignFlipP = (n: number): number => Math.min(1, 2 / 2 ** n);
