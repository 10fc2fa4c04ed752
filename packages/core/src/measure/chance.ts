import { type Column, slotsPerRecord } from "../data/column";
import type { MetricName } from "../problem/document";
import { metrics } from "./metrics/index";
import { valuesPerSlot } from "./metrics/slots";

/**
 * The score of the best answer that never looks at its input: per slot and value the commonest training value where
 * values are classes, flags or letters, else the training mean. "At chance" means no better than this.
 *
 * @param train labels of training rows, from which the constant is made
 * @param test labels of the same type, on which it is scored
 * @returns undefined where either has no labels
 */
export function chanceScore(metric: MetricName, train: Column, test: Column): number | undefined {
  const constant = constantRecord(train);
  if (constant === undefined) return undefined;
  return metrics[metric].score(test, repeat(constant, test));
}

interface ConstantRecord {
  readonly data: Float32Array;
  readonly present: Uint8Array;
  readonly length: number;
}

function constantRecord(train: Column): ConstantRecord | undefined {
  const slots = slotsPerRecord(train.type);
  const width = valuesPerSlot(train);
  const data = new Float32Array(slots * width);
  const present = new Uint8Array(slots);
  for (let slot = 0; slot < slots; slot++) {
    const rows = labelledRows(train, slot);
    if (rows.length === 0) continue;
    present[slot] = 1;
    for (let value = 0; value < width; value++) {
      const seen = rows.map((row) => train.data[(row * slots + slot) * width + value] ?? 0);
      data[slot * width + value] = isCounted(train) ? commonest(seen) : meanOf(seen);
    }
  }
  if (!present.includes(1)) return undefined;
  const lengths = train.lengths?.filter((length) => length >= 0) ?? [];
  return { data, present, length: lengths.length === 0 ? -1 : commonest([...lengths]) };
}

function labelledRows({ rows, present, type }: Column, slot: number): readonly number[] {
  const slots = slotsPerRecord(type);
  return Array.from({ length: rows }, (_, row) => row).filter((row) => present[row * slots + slot] === 1);
}

/** Whether values are names of things rather than amounts. */
function isCounted({ type }: Column): boolean {
  const { is } = type.is === "sequence" ? type.of : type;
  return is === "label" || is === "flags" || is === "text";
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The value seen most often; of equally common ones the one seen first. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0] as const)[0];
}

/** The constant as a prediction for every record of a column. */
function repeat({ data, present, length }: ConstantRecord, { type, rows, lengths }: Column): Column {
  const all = {
    type,
    rows,
    data: new Float32Array(rows * data.length),
    present: new Uint8Array(rows * present.length),
  };
  for (let row = 0; row < rows; row++) {
    all.data.set(data, row * data.length);
    all.present.set(present, row * present.length);
  }
  return lengths === undefined ? all : { ...all, lengths: new Int32Array(rows).fill(length) };
}
