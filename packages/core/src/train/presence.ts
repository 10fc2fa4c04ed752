import type { PhaseInput, TrainPhase } from "../compile/plan";
import { type Column, slotsPerRecord } from "../data/column";
import type { FieldType } from "../graph/field-type";
import type { Presence } from "./columns";

/** A network input's values, with what the plan says about it. */
export interface FedInput {
  readonly input: PhaseInput;
  readonly column: Column;
}

/** The phase's inputs that an output of its network depends on. */
export function inputsOf(
  phase: Pick<TrainPhase, "network" | "inputs">,
  output: string,
): readonly PhaseInput[] {
  const needed = new Set([phase.network.outputs[output] ?? output]);
  for (const layer of phase.network.layers.toReversed()) {
    if (needed.has(layer.id)) for (const source of layer.from) needed.add(source);
  }
  return phase.inputs.filter(({ name }) => needed.has(name));
}

/**
 * Which slots of an output of this type are there: those whose inputs are. A stage that maps over a sequence gives an
 * element where its input has one; any other output needs every input as a whole.
 */
export function presenceOf(type: FieldType, rows: number, fed: readonly FedInput[]): Presence {
  const present = new Uint8Array(rows * slotsPerRecord(type)).fill(1);
  if (type.is !== "sequence") {
    const whole = fed.map(({ column }) => recordReader(column));
    clearRows(present, rows, (row) => whole.every((isThere) => isThere(row)));
    return { present };
  }
  const mapped = fed.filter(({ input }) => input.each && input.type.is === "sequence");
  const whole = fed.filter((one) => !mapped.includes(one)).map(({ column }) => recordReader(column));
  const elements = mapped.map(({ column }) => elementReader(column));
  const slots = slotsPerRecord(type.of);
  clearRows(present, rows, (row) => whole.every((isThere) => isThere(row)));
  for (let element = 0; element < rows * type.maxLength; element++) {
    if (elements.every((isThere) => isThere(element))) continue;
    present.fill(0, element * slots, (element + 1) * slots);
  }
  const lengths = Int32Array.from({ length: rows }, (_, row) => {
    if (!whole.every((isThere) => isThere(row))) return -1;
    return mapped.reduce(
      (least, { column }) => Math.min(least, column.lengths?.[row] ?? least),
      type.maxLength,
    );
  });
  return { present, lengths };
}

function clearRows(present: Uint8Array, rows: number, isThere: (row: number) => boolean): void {
  const slots = present.length / rows;
  for (let row = 0; row < rows; row++) if (!isThere(row)) present.fill(0, row * slots, (row + 1) * slots);
}

/**
 * Whether a record can feed a network: it is there, with all elements up to its end. Flags can where any is known; the
 * others are fed as 0.
 */
function recordReader(column: Column): (row: number) => boolean {
  const { type, present, lengths } = column;
  const slots = slotsPerRecord(type);
  if (type.is !== "sequence") return (row) => present.subarray(row * slots, (row + 1) * slots).includes(1);
  const isThere = elementReader(column);
  return (row) => {
    const length = lengths?.[row] ?? type.maxLength;
    for (let k = 0; k < length; k++) if (!isThere(row * type.maxLength + k)) return false;
    return length >= 0;
  };
}

/** Whether an element of a sequence is there; elements count over all records. */
function elementReader({ type, present }: Column): (element: number) => boolean {
  const slots = type.is === "sequence" ? slotsPerRecord(type.of) : slotsPerRecord(type);
  return (element) => present.subarray(element * slots, (element + 1) * slots).includes(1);
}
