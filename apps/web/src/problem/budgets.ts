const STEPS_PER_DECADE = 4;
const FEWEST = 16;

/** The stops of the budget slider: four to a factor of ten, and at last all rows. */
export function budgetStops(rows: number): readonly number[] {
  const stops: number[] = [];
  for (let k = 0; ; k++) {
    const stop = Math.round(FEWEST * 10 ** (k / STEPS_PER_DECADE));
    if (stop >= rows) return [...stops, rows];
    stops.push(stop);
  }
}

/** The stop nearest to a number, by their ratio. */
export function nearestStop(stops: readonly number[], wanted: number): number {
  const distance = (stop: number): number => Math.abs(Math.log(stop / Math.max(1, wanted)));
  return stops.reduce((best, stop, k) => (distance(stop) < distance(stops[best] ?? stop) ? k : best), 0);
}

const LEAST_BUDGET = 8;

/** Three budgets up to the most that one has, each about three times the one before. */
export function budgetsUpTo(most: number): readonly number[] {
  const wanted = [most / 10, most / Math.sqrt(10), most].map(Math.round);
  const fitting = wanted.filter((budget) => budget >= Math.min(LEAST_BUDGET, most));
  return [...new Set(fitting)];
}
