import type { LabCell } from "@seams/core/labs";

/** How a cell's verdict looks: never by colour alone. */
export const VERDICTS: Readonly<
  Record<LabCell["verdict"], { readonly word: string; readonly mark: string; readonly look: string }>
> = {
  gain: { word: "gains", mark: "↑", look: "bg-good-soft text-good" },
  loss: { word: "loses", mark: "↓", look: "bg-danger-soft text-danger" },
  equivalent: { word: "equivalent", mark: "=", look: "bg-sunken text-ink" },
  undecided: { word: "undecided", mark: "?", look: "bg-surface text-quiet" },
};

/** `+6.1`, `−0.32`: a gain without its unit, which the table's heading says. */
export function writeCell(value: number, isShare: boolean): string {
  const shown = isShare ? (100 * Math.abs(value)).toFixed(1) : String(Number(Math.abs(value).toPrecision(2)));
  return `${value < 0 ? "−" : "+"}${shown}`;
}

/** `2.0 to 9.9`, signs included; nothing under three seeds. */
export function writeCellEnds({ low, high }: Pick<LabCell, "low" | "high">, isShare: boolean): string {
  return low === undefined || high === undefined
    ? "no interval"
    : `${writeCell(low, isShare)} to ${writeCell(high, isShare)}`;
}

/** Where a seed's gain lies between the smallest and the largest of a lab, from 0 to 1; 0 is always within. */
export function dotPlace(gain: number, cells: readonly Pick<LabCell, "gains">[]): number {
  const all = [0, ...cells.flatMap(({ gains }) => gains.map((one) => one.gain))];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return most === least ? 0.5 : (gain - least) / (most - least);
}
