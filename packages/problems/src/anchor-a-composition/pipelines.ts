import type { PipelineDefinition } from "../problem";

const endToEnd: PipelineDefinition = {
  title: "End to end",
  description: "One network sees all three glyphs and names the answer.",
  stages: {
    in: { kind: "field", params: { field: "glyphs" } },
    read: { kind: "dense-net", title: "Read the answer", params: { hidden: [64], label: "y" } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "out.value" },
  ],
  layout: { in: [0, 0], read: [260, 0], out: [520, 0] },
};

const eachGlyph: PipelineDefinition = {
  title: "Read each glyph, then add",
  description: "One shared network classifies each glyph; their sum mod 5 is the answer.",
  stages: {
    in: { kind: "field", params: { field: "glyphs" } },
    read: { kind: "dense-net", title: "Read a glyph", params: { hidden: [32], label: "digits", each: true } },
    add: { kind: "formula", title: "Add", params: { expression: "sum(digits) mod 5" } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "add.digits" },
    { from: "add.output", to: "out.value" },
  ],
  layout: { in: [0, 0], read: [260, 0], add: [520, 0], out: [780, 0] },
};

/** The pipelines of anchor A, by name. */
export const pipelines = { "end-to-end": endToEnd, "each-glyph": eachGlyph };
