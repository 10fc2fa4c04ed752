import { type Column, slotsPerRecord } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import type { Stream } from "../../random/streams";
import { iou } from "../metrics/iou";
import { elementOf } from "../metrics/metric";
import { valuesPerSlot } from "../metrics/slots";

/** How an oracle is made worse. */
export interface Degradation {
  /** From 0 to 1: the share of right values; the mean IoU of boxes; 1 − noise variance ÷ variance of amounts. */
  readonly quality: number;
  readonly random: Stream;
  /** Counts of predictions (columns) by true class (rows), from which wrong classes are drawn. Absent: all alike. */
  readonly confusion?: readonly (readonly number[])[];
  /** From `spreadFor`: how far boxes and amounts move. Absent: found on the truth itself. */
  readonly spread?: number | undefined;
}

/**
 * A truth degraded to a quality: classes, flags and letters are replaced by others with probability 1 − q, boxes are
 * jittered until their mean IoU is q, amounts get normal noise. Missing slots stay missing, lengths stay as they are.
 */
export function degrade(truth: Column, how: Degradation): Column {
  const type = elementOf(truth.type);
  if (type.is === "box") return jitterBoxes(truth, how);
  const choices = choicesOf(type);
  return choices === undefined ? addNoise(truth, how) : substitute(truth, how, choices);
}

/** How many values a slot can have; undefined for amounts. */
function choicesOf(type: FieldType): number | undefined {
  if (type.is === "label") return type.classes.length;
  if (type.is === "flags") return 2;
  return type.is === "text" ? type.alphabet.length : undefined;
}

function substitute(truth: Column, { quality, random, confusion }: Degradation, choices: number): Column {
  const data = truth.data.slice();
  eachValue(truth, (index) => {
    const actual = data[index] ?? 0;
    // Always both draws: the rows that stay right at a higher quality are among those of a lower one.
    const [kept, chosen] = [random.uniform() < quality, random.uniform()];
    if (!kept && choices > 1)
      data[index] = drawOther(actual, chosen, { choices, weights: confusion?.[actual] });
  });
  return { ...truth, data };
}

/** A value other than the true one, by weights or all alike. */
function drawOther(
  actual: number,
  uniform: number,
  { choices, weights }: { readonly choices: number; readonly weights: readonly number[] | undefined },
): number {
  const chances = Array.from({ length: choices }, (_, value) =>
    value === actual ? 0 : (weights?.[value] ?? 0),
  );
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  if (!(total > 0)) {
    const other = Math.min(choices - 2, Math.floor(uniform * (choices - 1)));
    return other < actual ? other : other + 1;
  }
  let left = uniform * total;
  const found = chances.findIndex((chance) => (left -= chance) < 0);
  return found >= 0 ? found : chances.findLastIndex((chance) => chance > 0);
}

/** Visits every value that is there: of a text the letters up to its length. */
function eachValue({ type, rows, present, lengths }: Column, visit: (index: number) => void): void {
  const slots = slotsPerRecord(type);
  for (let row = 0; row < rows; row++) {
    if (type.is === "text") {
      const length = present[row] === 1 ? Math.max(0, lengths?.[row] ?? 0) : 0;
      for (let k = 0; k < length; k++) visit(row * type.maxLength + k);
      continue;
    }
    for (let slot = row * slots; slot < (row + 1) * slots; slot++) if (present[slot] === 1) visit(slot);
  }
}

/**
 * How far boxes and amounts have to move for a quality, found on many records: then few of them, such as those of one
 * moment of an episode, are degraded alike. Undefined for values that are replaced instead of moved.
 */
export function spreadFor(truth: Column, { quality, random }: Degradation): number | undefined {
  const type = elementOf(truth.type);
  if (type.is === "box") return boxSpread(truth, normals(truth, random), quality);
  return choicesOf(type) === undefined ? amountSpread(truth, quality) : undefined;
}

/** √((1 − q) × the values' own variance) */
function amountSpread(truth: Column, quality: number): number {
  const values = labelledValues(truth, valuesPerSlot(truth)).map((index) => truth.data[index] ?? 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  return Math.sqrt((1 - quality) * variance);
}

function addNoise(truth: Column, { quality, random, spread }: Degradation): Column {
  const far = spread ?? amountSpread(truth, quality);
  const data = truth.data.slice();
  for (const index of labelledValues(truth, valuesPerSlot(truth)))
    data[index] = (data[index] ?? 0) + far * random.normal();
  return { ...truth, data };
}

const labelledValues = ({ present }: Column, width: number): readonly number[] =>
  [...present].flatMap((there, slot) =>
    there === 1 ? Array.from({ length: width }, (_, k) => slot * width + k) : [],
  );

const HALVINGS = 40;
/** Boxes moved by three times their size don't meet any more. */
const WIDEST = 3;

const normals = ({ data }: Column, random: Stream): Float64Array =>
  Float64Array.from(data, () => random.normal());

function jitterBoxes(truth: Column, { quality, random, spread }: Degradation): Column {
  const noise = normals(truth, random);
  return quality >= 1 ? truth : moveBoxes(truth, noise, spread ?? boxSpread(truth, noise, quality));
}

/** Centres move by a part of the size, sizes by a factor. */
function moveBoxes(truth: Column, noise: Float64Array, spread: number): Column {
  const data = truth.data.slice();
  for (let at = 0; at < data.length; at += 4) {
    for (const axis of [0, 1]) {
      const size = truth.data[at + axis + 2] ?? 0;
      data[at + axis] = (truth.data[at + axis] ?? 0) + spread * size * (noise[at + axis] ?? 0);
      data[at + axis + 2] = size * Math.exp((spread / 2) * (noise[at + axis + 2] ?? 0));
    }
  }
  return { ...truth, data };
}

/** By bisection on the mean IoU. */
function boxSpread(truth: Column, noise: Float64Array, quality: number): number {
  if (quality >= 1) return 0;
  let [low, high] = [0, WIDEST];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if ((iou.score(truth, moveBoxes(truth, noise, middle)) ?? 0) > quality) low = middle;
    else high = middle;
  }
  return high;
}

/** Counts of predicted classes by true class, over slots that have both. */
export function confusionOf(truth: Column, predicted: Column): readonly (readonly number[])[] {
  const choices = choicesOf(elementOf(truth.type)) ?? 0;
  const counts = Array.from({ length: choices }, () => Array.from({ length: choices }, () => 0));
  truth.present.forEach((there, slot) => {
    const row = counts[truth.data[slot] ?? -1];
    const said = predicted.data[slot] ?? -1;
    if (there === 1 && predicted.present[slot] === 1 && row?.[said] !== undefined) row[said]++;
  });
  return counts;
}
