/**
 * Exponential moving average, sᵢ = w·sᵢ₋₁ + (1 − w)·yᵢ from s₀ = 0, divided by 1 − wⁱ so that early values aren't drawn
 * towards 0 (Kingma & Ba 2015, §3). Gaps stay gaps and count for nothing.
 *
 * @param weight in [0, 1): 0 gives the values back
 */
export function smooth(
  values: readonly (number | undefined)[],
  weight: number,
): readonly (number | undefined)[] {
  let sum = 0;
  let kept = 1;
  return values.map((value) => {
    if (value === undefined || !Number.isFinite(value)) return undefined;
    sum = weight * sum + (1 - weight) * value;
    kept *= weight;
    return sum / (1 - kept);
  });
}
