import {
  type Column,
  type FieldTypeOf,
  type ProblemData,
  type ProblemSchema,
  seed,
  stream,
} from "@seams/core";
import type { Engine } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { resultOf, run } from "./run";

const FRAMES = 18;
const ALPHABET = ["a", "b", "c"];
const sound: FieldTypeOf<"sequence"> = { is: "sequence", of: { is: "vector", size: 4 }, maxLength: FRAMES };
const word: FieldTypeOf<"text"> = { is: "text", alphabet: ALPHABET, maxLength: 4 };
const letters: FieldTypeOf<"sequence"> = {
  is: "sequence",
  of: { is: "label", classes: ALPHABET },
  maxLength: 4,
};

/** Words as sounds: each letter has a sound that lasts one to three frames, with silence before, between and behind. */
const listening: ProblemSchema = {
  format: 1,
  name: "listening",
  title: "Listening",
  fields: {
    sound: { type: sound, price: 0 },
    word: { type: word, price: 1 },
    letters: { type: letters, price: 1 },
  },
  input: ["sound"],
  target: ["word"],
  metrics: [{ target: "word", metric: "edit-distance" }],
  split: { column: "split" },
};

function listeningData(train: number, test: number): ProblemData {
  const rows = train + test;
  const random = stream(seed(12), "listening");
  const data = new Float32Array(rows * FRAMES * 4);
  const symbols = new Float32Array(rows * 4);
  const lengths = Int32Array.from({ length: rows }, () => random.integer(5));
  for (let row = 0; row < rows; row++) {
    const length = lengths[row] ?? 0;
    let frame = random.integer(2);
    for (let k = 0; k < length; k++) {
      const symbol = random.integer(3);
      symbols[row * 4 + k] = symbol;
      for (const end = frame + 1 + random.integer(3); frame < end; frame++)
        data[(row * FRAMES + frame) * 4 + symbol] = 1;
      frame++;
    }
  }
  for (const [at, value] of data.entries()) data[at] = value + 0.2 * random.normal();
  const full = new Uint8Array(rows).fill(1);
  const elements = Uint8Array.from({ length: rows * 4 }, (_, at) =>
    at % 4 < (lengths[Math.floor(at / 4)] ?? 0) ? 1 : 0,
  );
  const columns: Record<string, Column> = {
    sound: {
      type: sound,
      rows,
      data,
      present: new Uint8Array(rows * FRAMES).fill(1),
      lengths: new Int32Array(rows).fill(FRAMES),
    },
    word: { type: word, rows, data: symbols, present: full, lengths },
    letters: { type: letters, rows, data: symbols, present: elements, lengths },
  };
  const split = Array.from({ length: rows }, (_, row) =>
    row < train ? ("train" as const) : ("test" as const),
  );
  return { rows, columns, split, hash: `listening ${train} ${test}` };
}

const document = (label: string) => ({
  format: 1,
  title: "Listen",
  problem: "listening",
  stages: {
    in: { kind: "field", params: { field: "sound" } },
    write: {
      kind: "transcriber",
      params: { units: [16], label, steps: 350, patience: 0, validation: 0, learningRate: 0.01 },
    },
    out: { kind: "answer", params: { field: label } },
  },
  links: [
    { from: "in.value", to: "write.input" },
    { from: "write.output", to: "out.value" },
  ],
});

describe("a transcriber", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend: "wasm" });
  });

  it.each(["word", "letters"])(
    "learns which sounds are which letters from %s alone, told of no frame",
    async (label) => {
      const problem = {
        ...listening,
        target: [label],
        metrics: [{ target: label, metric: "edit-distance" as const }],
      };
      const outcome = await run(engine, document(label), {
        problem,
        data: listeningData(200, 100),
        budget: 200,
      });
      // Edits per letter; to say nothing at all is 1.
      expect(resultOf(outcome).test["edit-distance"]).toBeLessThan(0.1);
    },
  );
});
