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
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // Patterns that should tie must, whatever the order of rounding.
  const bar = observed - 1e-12 * total;
  /** Patterns of the differences from `next` on that end at least as far as the bar; `left` is the sum of their sizes. */
  const asFar = (next: number, sum: number, left: number): number => {
    const distance = Math.abs(sum);
    if (distance + left < bar) return 0;
    if (next === n) return distance >= bar ? 1 : 0;
    if (distance - left > observed) return 2 ** (n - next);
    const size = sizes[next] ?? 0;
    return asFar(next + 1, sum + size, left - size) + asFar(next + 1, sum - size, left - size);
  };
  return asFar(0, 0, total * (1 + 1e-12)) / 2 ** n;
}

/** The smallest sign-flip p that n differences can give: 2/2ⁿ. */
export const smallestSignFlipP = (n: number): number => Math.min(1, 2 / 2 ** n);
