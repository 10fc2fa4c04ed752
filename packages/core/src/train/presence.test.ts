import { describe, expect, it } from "vitest";
import { trainPhase } from "../../test/support/phase";
import type { PhaseInput } from "../compile/plan";
import type { Column } from "../data/column";
import type { FieldType } from "../graph/field-type";
import { inputsOf, presenceOf } from "./presence";

const vector: FieldType = { is: "vector", size: 1 };
const vectors: FieldType = { is: "sequence", of: { is: "vector", size: 1 }, maxLength: 2 };
const label: FieldType = { is: "label", classes: ["a", "b"] };
const labels: FieldType = { is: "sequence", of: { is: "label", classes: ["a", "b"] }, maxLength: 2 };

const input = (type: FieldType, each: boolean): PhaseInput => ({
  name: "read.input",
  mode: "data",
  source: { is: "field", field: "x" },
  type,
  each,
});

const fed = (
  type: FieldType,
  present: readonly number[],
  { each = false, lengths }: { each?: boolean; lengths?: readonly number[] } = {},
) => {
  const rows = lengths?.length ?? present.length;
  const column: Column = {
    type,
    rows,
    data: new Float32Array(present.length),
    present: Uint8Array.from(present),
    ...(lengths === undefined ? {} : { lengths: Int32Array.from(lengths) }),
  };
  return { input: input(type, each), column };
};

describe("presenceOf", () => {
  it("needs every input of a record", () => {
    const presence = presenceOf(label, 3, [fed(vector, [1, 1, 0]), fed(vector, [0, 1, 1])]);
    expect([...presence.present]).toEqual([0, 1, 0]);
  });

  it("needs the element alone where a stage maps over a sequence", () => {
    const presence = presenceOf(labels, 3, [
      fed(vectors, [1, 0, 1, 1, 0, 0], { each: true, lengths: [2, 2, -1] }),
    ]);
    expect([...presence.present]).toEqual([1, 0, 1, 1, 0, 0]);
    expect([...(presence.lengths ?? [])]).toEqual([2, 2, -1]);
  });

  it("needs every element up to the end where a sequence is taken as a whole", () => {
    const presence = presenceOf(label, 3, [fed(vectors, [1, 0, 1, 0, 0, 0], { lengths: [2, 1, -1] })]);
    expect([...presence.present]).toEqual([0, 1, 0]);
  });

  it("takes flags of which any is known", () => {
    const flags: FieldType = { is: "flags", names: ["x", "y"] };
    const column: Column = {
      type: flags,
      rows: 2,
      data: new Float32Array(4),
      present: Uint8Array.of(0, 1, 0, 0),
    };
    expect([...presenceOf(label, 2, [{ input: input(flags, false), column }]).present]).toEqual([1, 0]);
  });
});

describe("inputsOf", () => {
  it("follows an output back to the inputs that it depends on", () => {
    const phase = {
      inputs: [
        { ...input(vector, false), name: "a.input" },
        { ...input(vector, false), name: "b.input" },
      ],
      network: {
        ...trainPhase().network,
        layers: [
          { id: "a/1", kind: "dense", params: {}, from: ["a.input"] },
          { id: "b/1", kind: "concat", params: {}, from: ["a/1", "b.input"] },
        ],
        outputs: { "a.output": "a/1", "b.output": "b/1" },
      },
    };
    expect(inputsOf(phase, "a.output").map(({ name }) => name)).toEqual(["a.input"]);
    expect(inputsOf(phase, "b.output").map(({ name }) => name)).toEqual(["a.input", "b.input"]);
  });
});
