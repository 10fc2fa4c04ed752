/** How a metric's values are written: shares as percent and points, others as plain numbers. */
export interface NumberStyle {
  readonly metric: string;
  readonly isShare: boolean;
}

/** A difference with its sign: `+6.1 points`, `−0.32 rmse`. */
export function writeDifference(value: number, { metric, isShare }: NumberStyle): string {
  return isShare ? `${signed(value * 100)} points` : `${signedPlain(value)} ${metric}`;
}

/** The ends of a difference's interval: `+4.0 to +8.2`. */
export const writeEnds = (low: number, high: number, { isShare }: NumberStyle): string =>
  isShare ? `${signed(low * 100)} to ${signed(high * 100)}` : `${signedPlain(low)} to ${signedPlain(high)}`;

/** `p = 0.03`, `p < 0.001` */
export const writeP = (p: number): string => (p < 0.001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`);

/** `32`, `32 and 100`, `32, 100 and 316`; thousands with commas. */
export function writeBudgets(budgets: readonly number[]): string {
  const written = budgets.map((budget) => budget.toLocaleString("en-US"));
  return written.length < 2
    ? (written[0] ?? "none")
    : `${written.slice(0, -1).join(", ")} and ${written.at(-1)}`;
}

/** A score: shares as percent. */
export const writeLevel = (value: number, { isShare }: NumberStyle): string =>
  isShare ? `${(value * 100).toFixed(1)} %` : String(Number(value.toPrecision(3)));

/** A number of rows that was estimated, to two or three figures: `about 540 rows` is what can be said, not 537.83. */
export function writeRows(rows: number): string {
  const rounded = rows < 10 ? Number(rows.toPrecision(2)) : Number(rows.toPrecision(rows < 100 ? 2 : 3));
  return `${rounded.toLocaleString("en-US")} ${rounded === 1 ? "row" : "rows"}`;
}

/** A cost or another amount that was estimated, to two or three figures. */
export const writeAmount = (amount: number): string =>
  Number(amount.toPrecision(amount < 100 ? 2 : 3)).toLocaleString("en-US");

/** A probability as percent, never 0 or 100. */
export const writeChance = (p: number): string =>
  p < 0.01 ? "under 1 %" : p > 0.99 ? "over 99 %" : `${Math.round(p * 100)} %`;

/** In a unit that may be any size: two figures at least. */
const signedPlain = (value: number): string =>
  Math.abs(value) < 10 && value !== 0
    ? `${value < 0 ? "−" : "+"}${Math.abs(value).toPrecision(2)}`
    : signed(value);

/** Points of percent. */
function signed(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 0.1 ? size.toFixed(1) : size === 0 ? "0" : size.toPrecision(2);
  return `${value < 0 ? "−" : "+"}${digits}`;
}
