import type { ValueSource } from "../compile/plan";
import type { Column } from "../data/column";
import { gatherRows } from "../data/gather";
import type { FieldType } from "../graph/field-type";
import { foldColumn, unfoldColumn } from "../stages/each";
import type { AlgorithmKind, PortTypes, StageRegistry } from "../stages/stage";

/** An output of an algorithm stage. */
export type Computed = Extract<ValueSource, { is: "computed" }>;

type Columns = Readonly<Record<string, Column>>;

/** An algorithm's inputs, and the types of the outputs that are asked for. */
interface AlgorithmCall {
  readonly inputs: Columns;
  readonly types: PortTypes;
}

/**
 * Runs an algorithm stage once, for all its outputs that are asked for, by port.
 * @throws Error where the kind is no algorithm: the compiler has not let that pass
 */
export function runAlgorithm(source: Computed, call: AlgorithmCall, stages: StageRegistry): Columns {
  const kind = stages.get(source.kind);
  if (kind?.role !== "algorithm") throw new Error(`resolve: ${source.kind} is no algorithm`);
  return source.each
    ? runEach(kind, source, call)
    : kind.run({ params: source.params, inputs: call.inputs, outputs: call.types });
}

/** Runs an algorithm on every element; what is no sequence is the same for all elements of a record. */
function runEach(
  kind: AlgorithmKind,
  { stage, params }: Computed,
  { inputs, types }: AlgorithmCall,
): Columns {
  const sequences = Object.values(inputs).filter((column) => column.type.is === "sequence");
  const rows = sequences[0]?.rows ?? 0;
  const elementTypes: Record<string, FieldType> = {};
  let most = 0;
  for (const [port, type] of Object.entries(types)) {
    if (type.is !== "sequence") throw new Error(`resolve: ${stage} maps over a sequence and gives none`);
    elementTypes[port] = type.of;
    most = type.maxLength;
  }
  const elements = Object.fromEntries(
    Object.entries(inputs).map(([port, column]) => [
      port,
      column.type.is === "sequence" ? unfoldColumn(column).elements : repeatRecords(column, most),
    ]),
  );
  const lengths = Int32Array.from({ length: rows }, (_, row) =>
    sequences.reduce((least, column) => Math.min(least, column.lengths?.[row] ?? least), most),
  );
  const columns = kind.run({ params, inputs: elements, outputs: elementTypes });
  return Object.fromEntries(
    Object.entries(columns).map(([port, column]) => [port, foldColumn(column, most, lengths)]),
  );
}

const repeatRecords = (column: Column, times: number): Column =>
  gatherRows(
    column,
    Int32Array.from({ length: column.rows * times }, (_, copy) => Math.floor(copy / times)),
  );
