/** A measured place on a curve: what was spent (rows, money) and the score there. */
export interface Spent {
  /** Above 0; places are given by rising spending. */
  readonly spent: number;
  readonly score: number;
}

/** The score at some spending, on straight lines over its logarithm; undefined outside what was measured. */
export function scoreAt(places: readonly Spent[], spent: number): number | undefined {
  const right = places.findIndex((place) => place.spent >= spent * (1 - 1e-12));
  const [before, after] = [places[right - 1], places[right]];
  if (after === undefined) return undefined;
  if (before === undefined) return Math.abs(after.spent - spent) <= 1e-9 * spent ? after.score : undefined;
  const part = Math.log(spent / before.spent) / Math.log(after.spent / before.spent);
  return before.score + Math.min(1, Math.max(0, part)) * (after.score - before.score);
}

/** The smallest spending at which a score is reached, on the same lines; undefined where it isn't. */
export function spentToReach(
  places: readonly Spent[],
  score: number,
  higherIsBetter: boolean,
): number | undefined {
  const reaches = (one: number): boolean => (higherIsBetter ? one >= score : one <= score);
  const right = places.findIndex((place) => reaches(place.score));
  const [before, after] = [places[right - 1], places[right]];
  if (after === undefined) return undefined;
  if (before === undefined) return after.spent;
  const part = (score - before.score) / (after.score - before.score);
  return before.spent * (after.spent / before.spent) ** part;
}
