/**
 * Holm's adjusted p values: the k-th smallest of m is multiplied by m − k + 1, and none is smaller than one before it.
 *
 * @returns in the order given
 * @see Holm, Scandinavian Journal of Statistics 6, 1979
 */
export function holm(ps: readonly number[]): readonly number[] {
  const order = ps.map((_, index) => index).sort((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const adjusted = [...ps];
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (ps[index] ?? 1) * (ps.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}
