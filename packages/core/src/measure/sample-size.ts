import { normalQuantile } from "./normal";

const SIGNIFICANCE = 0.05;
const POWER = 0.8;

/**
 * Seeds with which a paired difference shows at 80 % power: S ≈ (z₀.₉₇₅ + z₀.₈)²·sd²/difference² + 2. The 2 stands in for
 * Student's t being wider than the normal.
 *
 * @param sd of the paired differences
 * @param difference to be shown, above 0
 */
export function seedsFor(sd: number, difference: number): number {
  const z = normalQuantile(1 - SIGNIFICANCE / 2) + normalQuantile(POWER);
  return Math.ceil((z * sd) ** 2 / difference ** 2 + 2);
}
