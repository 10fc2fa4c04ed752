import type { FieldType } from "../../src/graph/field-type";
import type { ProblemSchema } from "../../src/problem/document";

const digits = ["0", "1", "2", "3"];

/** A problem with one field of every type; for tests of the language. */
export const everyType: Readonly<Record<string, FieldType>> = {
  photo: { is: "image", heightPx: 4, widthPx: 6, channels: 1 },
  sound: { is: "signal", samples: 8, sampleRateHz: 8000 },
  reading: { is: "vector", size: 3 },
  extra: { is: "scalar" },
  digit: { is: "label", classes: digits },
  animal: { is: "label", classes: ["cat", "dog"] },
  grade: { is: "label", classes: ["1", "2", "other"] },
  tags: { is: "flags", names: ["wet", "red"] },
  place: { is: "box" },
  word: { is: "text", alphabet: ["a", "b"], maxLength: 3 },
  digits: { is: "sequence", of: { is: "label", classes: digits }, maxLength: 2 },
  y: { is: "label", classes: digits },
};

/** That problem: inputs are photo, sound, reading, extra and word; the target is y. */
export const kitchenSink: ProblemSchema = {
  format: 1,
  name: "kitchen-sink",
  title: "One field of every type",
  fields: Object.fromEntries(Object.entries(everyType).map(([name, type]) => [name, { type, price: 0 }])),
  input: ["photo", "sound", "reading", "extra", "word"],
  target: ["y"],
  metrics: [{ target: "y", metric: "accuracy" }],
  split: { fractions: [0.8, 0.1, 0.1] },
};
