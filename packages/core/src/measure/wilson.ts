import { normalQuantile } from "./normal";

/**
 * Wilson's score interval of a share k/n: the p with |k/n − p| ≤ z·√(p(1 − p)/n). Stays between 0 and 1 and keeps its
 * level for few trials and shares near the ends; for successes of driving, playing or acting, and of one test set.
 *
 * @see Wilson, Journal of the American Statistical Association 22, 1927; Brown, Cai & DasGupta, Statistical Science 16, 2001
 * @param n at least 1
 */
export function wilsonInterval(
  k: number,
  n: number,
  level = 0.95,
): { readonly share: number; readonly low: number; readonly high: number } {
  const z = normalQuantile((1 + level) / 2);
  const share = k / n;
  const centre = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return { share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
