import type { PipelineDefinition } from "../problem";

const endToEnd: PipelineDefinition = {
  title: "End to end",
  description: "One network from the 20 values to the bin.",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    read: { kind: "dense-net", title: "Find the bin", params: { hidden: [32], label: "y" } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "out.value" },
  ],
  layout: { in: [0, 0], read: [260, 0], out: [520, 0] },
};

const throughLevels: PipelineDefinition = {
  title: "Find the level, then the bin",
  description: "One network finds the level, a second one sees only the level and names the bin.",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    coarse: { kind: "dense-net", title: "Find the level", params: { hidden: [32], label: "level" } },
    fine: { kind: "dense-net", title: "Level to bin", params: { hidden: [], label: "y" } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "coarse.input" },
    { from: "coarse.output", to: "fine.input" },
    { from: "fine.output", to: "out.value" },
  ],
  layout: { in: [0, 0], coarse: [260, 0], fine: [520, 0], out: [780, 0] },
};

/** The pipelines of anchor B, by name. */
export const pipelines = { "end-to-end": endToEnd, "through-levels": throughLevels };
