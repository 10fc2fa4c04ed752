/** One result. Fields that a bench does not measure are left out. */
export interface Row {
  readonly bench: string;
  readonly who: string;
  /** Versions. */
  readonly about?: string;
  readonly samplesPerCpuSecond?: number;
  readonly samplesPerSecond?: number;
  readonly seconds?: number;
  readonly megabytes?: number;
  /** A part of all, 0…1. */
  readonly share?: number;
  /** Mean training loss after the first epochs: who trains the same has the same. */
  readonly loss?: number;
  /** Why there is no number. */
  readonly skipped?: string;
  /** Why the number does not count. */
  readonly wrong?: string;
}

/** A row as a line of text. */
export function lineOf(row: Row): string {
  const facts = [
    row.samplesPerCpuSecond === undefined ? "" : `${count(row.samplesPerCpuSecond)} samples/CPU s`,
    row.samplesPerSecond === undefined ? "" : `${count(row.samplesPerSecond)} samples/s`,
    row.seconds === undefined ? "" : `${row.seconds.toPrecision(3)} s`,
    row.megabytes === undefined ? "" : `${count(row.megabytes)} MB`,
    row.share === undefined ? "" : `${(100 * row.share).toFixed(0)} % (${row.about ?? ""})`,
    row.loss === undefined ? "" : `loss ${row.loss.toFixed(4)}`,
    row.skipped === undefined ? "" : `skipped: ${row.skipped}`,
    row.wrong === undefined ? "" : `WRONG: ${row.wrong}`,
  ];
  return [row.bench.padEnd(13), row.who.padEnd(15), facts.filter(Boolean).join(", ")].join(" ");
}

const count = (value: number): string => Math.round(value).toLocaleString("en-GB");
