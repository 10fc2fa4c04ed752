import type { PipelineDefinition } from "../problem";

const endToEnd: PipelineDefinition = {
  title: "End to end",
  description: "One network sees both glyphs and the extra input, and names the answer.",
  stages: {
    glyphs: { kind: "field", params: { field: "glyphs" } },
    extra: { kind: "field", params: { field: "extra" } },
    read: {
      kind: "dense-net",
      title: "Read the answer",
      params: { inputs: ["glyphs", "extra"], hidden: [64, 64], label: "y" },
    },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "glyphs.value", to: "read.glyphs" },
    { from: "extra.value", to: "read.extra" },
    { from: "read.output", to: "out.value" },
  ],
  layout: { glyphs: [0, 0], extra: [0, 120], read: [260, 60], out: [520, 60] },
};

const eachGlyph: PipelineDefinition = {
  title: "Read each glyph, then add",
  description:
    "One shared network classifies each glyph; their sum mod 4 is the answer. The extra input is not used.",
  stages: {
    in: { kind: "field", params: { field: "glyphs" } },
    read: { kind: "dense-net", title: "Read a glyph", params: { hidden: [32], label: "digits", each: true } },
    add: { kind: "formula", title: "Add", params: { expression: "sum(digits) mod 4" } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "add.digits" },
    { from: "add.output", to: "out.value" },
  ],
  layout: { in: [0, 0], read: [260, 0], add: [520, 0], out: [780, 0] },
};

/** The pipelines of anchor C, by name. */
export const pipelines = { "end-to-end": endToEnd, "each-glyph": eachGlyph };
