import { type Column, scoresPerRecord, slotsPerRecord, valuesPerRecord } from "../data/column";
import type { ElementType, FieldType } from "../graph/field-type";
import { convertColumn } from "../stages/convert";
import type { FrameReading } from "../losses/loss";
import { lossKinds, type LossName } from "../losses/index";
import type { TargetScale } from "./trial";

/** A record's values as a network's input: whole arrays as they are, classes and letters one-hot. */
export function encodeColumn(column: Column, type: FieldType): Float32Array {
  const converted = convertColumn(column, type);
  const element = type.is === "sequence" ? type.of : type;
  const elements = type.is === "sequence" ? type.maxLength : 1;
  if (element.is === "label") return encodeLabels(converted, element.classes.length);
  if (element.is === "text") return encodeTexts(converted, element, elements);
  if (element.is === "flags" && converted.scores !== undefined)
    return encodeFlags(converted, converted.scores);
  return converted.data;
}

/** Probabilities where a network gave them, else one-hot. Missing labels, and values that are no class, are all 0. */
function encodeLabels({ data, present, scores }: Column, classes: number): Float32Array {
  const encoded = new Float32Array(data.length * classes);
  data.forEach((value, slot) => {
    if (present[slot] !== 1) return;
    if (scores !== undefined)
      encoded.set(scores.subarray(slot * classes, (slot + 1) * classes), slot * classes);
    else if (value >= 0 && value < classes) encoded[slot * classes + value] = 1;
  });
  return encoded;
}

/** Apart from every other class or flag by more than a 32-bit softmax or sigmoid can tell from certainty. */
const CERTAIN = 60;

/**
 * The inverse of `decodeHead`: raw values from which it would give this column. Classes and flags are log probabilities
 * (log odds) where there are scores, else certain; numbers are in the head's own unit. Missing slots are 0.
 */
export function encodeRaw(
  column: Column,
  type: FieldType,
  { scale }: Pick<HeadFacts, "scale"> = {},
): Float32Array {
  const { is } = type.is === "sequence" ? type.of : type;
  const encoded = encodeColumn(column, type);
  if (is === "label") return encoded.map((share) => Math.max(-CERTAIN, Math.log(share)));
  if (is === "flags")
    return encoded.map((share) => Math.min(CERTAIN, Math.max(-CERTAIN, Math.log(share / (1 - share)))));
  if (scale === undefined) return encoded;
  const { mean, spread } = scale;
  return encoded.map((value, index) => {
    const unit = spread[index % spread.length] ?? 1;
    return (value - (mean[index % mean.length] ?? 0)) / (unit === 0 ? 1 : unit);
  });
}

const encodeFlags = ({ present }: Column, scores: Float32Array): Float32Array =>
  scores.map((score, slot) => (present[slot] === 1 ? score : 0));

/** One-hot letters, maxLength × alphabet; zeros behind the end. */
function encodeTexts(
  { data, present, lengths, rows }: Column,
  { alphabet, maxLength }: Extract<ElementType, { is: "text" }>,
  elements: number,
): Float32Array {
  const encoded = new Float32Array(data.length * alphabet.length);
  for (let text = 0; text < rows * elements; text++) {
    if (present[text] !== 1) continue;
    // A text inside a sequence keeps no length of its own.
    const length = elements === 1 ? (lengths?.[text] ?? maxLength) : maxLength;
    for (let k = text * maxLength; k < text * maxLength + length; k++) {
      const letter = data[k] ?? -1;
      if (letter >= 0 && letter < alphabet.length) encoded[k * alphabet.length + letter] = 1;
    }
  }
  return encoded;
}

/** Which slots of an output are there: those whose inputs are. */
export interface Presence {
  readonly present: Uint8Array;
  readonly lengths?: Int32Array;
}

/** What is known about an output beside its raw values. */
export interface HeadFacts {
  readonly scale?: TargetScale;
  /** Absent: all slots are there. */
  readonly presence?: Presence;
  /** What it was trained by: raw values may be of frames. */
  readonly loss?: LossName;
}

/**
 * Turns a head's raw values into a column: the likeliest class, flags from a half on, numbers in the field's own unit,
 * boxes inside the frame. Classes and flags keep their probabilities as scores.
 */
export function decodeHead(raw: Float32Array, type: FieldType, facts: HeadFacts = {}): Column {
  const { scale, presence } = facts;
  const frames = facts.loss === undefined ? undefined : lossKinds[facts.loss].frames;
  if (frames !== undefined) return decodeAlong(frames, raw, { type, presence });
  const element = type.is === "sequence" ? type.of : type;
  const perRecord = (type.is === "sequence" ? type.maxLength : 1) * rawWidth(element);
  const rows = raw.length / perRecord;
  const present = presence?.present ?? new Uint8Array(rows * slotsPerRecord(type)).fill(1);
  const lengths =
    presence?.lengths ?? (type.is === "sequence" ? new Int32Array(rows).fill(type.maxLength) : undefined);
  const decoded = decodeValues(raw, element, scale);
  const column: Column = { type, rows, ...decoded, present, ...(lengths === undefined ? {} : { lengths }) };
  return clearMissing(column);
}

/** @throws Error without presence: how many records there are doesn't follow from the values of frames */
function decodeAlong(
  frames: FrameReading,
  raw: Float32Array,
  { type, presence }: { readonly type: FieldType; readonly presence: Presence | undefined },
): Column {
  if (presence === undefined) throw new Error("columns: frames of nobody knows how many records");
  const slots = slotsPerRecord(type);
  const isThere = (row: number): boolean =>
    !presence.present.subarray(row * slots, (row + 1) * slots).includes(0);
  return frames.decode(raw, { type, rows: presence.present.length / slots }, isThere);
}

/** Raw values of one element: a score per class or flag, else the value itself. */
const rawWidth = (type: ElementType): number =>
  type.is === "label" ? type.classes.length : valuesPerRecord(type);

function decodeValues(
  raw: Float32Array,
  element: ElementType,
  scale: TargetScale | undefined,
): { readonly data: Float32Array; readonly scores?: Float32Array } {
  switch (element.is) {
    case "label":
      return decodeClasses(raw, element.classes.length);
    case "flags": {
      const scores = raw.map((logit) => 1 / (1 + Math.exp(-logit)));
      return { data: scores.map((score) => (score >= 0.5 ? 1 : 0)), scores };
    }
    case "box":
      return { data: unscale(raw, scale).map((value) => Math.min(1, Math.max(0, value))) };
    case "scalar":
    case "vector":
    case "signal":
    case "image":
      return { data: unscale(raw, scale) };
    case "text":
      throw new Error("columns: no head gives texts");
  }
}

function unscale(raw: Float32Array, scale: TargetScale | undefined): Float32Array {
  if (scale === undefined) return raw.slice();
  const { mean, spread } = scale;
  return raw.map(
    (value, index) => value * (spread[index % spread.length] ?? 1) + (mean[index % mean.length] ?? 0),
  );
}

/** softmax(z)ₖ = exp(zₖ − m) / Σⱼ exp(zⱼ − m) with m the largest; of equal ones the first class is chosen. */
function decodeClasses(
  raw: Float32Array,
  classes: number,
): { readonly data: Float32Array; readonly scores: Float32Array } {
  const scores = new Float32Array(raw.length);
  const data = new Float32Array(raw.length / classes);
  data.forEach((_, slot) => {
    const start = slot * classes;
    let best = 0;
    for (let k = 1; k < classes; k++) if ((raw[start + k] ?? 0) > (raw[start + best] ?? 0)) best = k;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const exp = Math.exp((raw[start + k] ?? 0) - (raw[start + best] ?? 0));
      scores[start + k] = exp;
      sum += exp;
    }
    for (let k = 0; k < classes; k++) scores[start + k] = (scores[start + k] ?? 0) / sum;
    data[slot] = best;
  });
  return { data, scores };
}

/** Sets the values and scores of missing slots to 0, as a column promises. */
function clearMissing(column: Column): Column {
  const slots = slotsPerRecord(column.type);
  const perSlot = valuesPerRecord(column.type) / slots;
  const scoresPerSlot = scoresPerRecord(column.type) / slots;
  column.present.forEach((there, slot) => {
    if (there === 1) return;
    column.data.fill(0, slot * perSlot, (slot + 1) * perSlot);
    column.scores?.fill(0, slot * scoresPerSlot, (slot + 1) * scoresPerSlot);
  });
  return column;
}
