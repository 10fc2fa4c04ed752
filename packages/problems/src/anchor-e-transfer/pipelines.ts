import type { PipelineDefinition } from "../problem";

const fromScratch: PipelineDefinition = {
  title: "From scratch",
  description:
    "One network of 32 units from x to the answer; its hidden layer is what another task may start from.",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    read: {
      kind: "dense-net",
      title: "Answer",
      params: { hidden: [32], label: "y", steps: 12000, patience: 100 },
    },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "out.value" },
  ],
  layout: { in: [0, 0], read: [260, 0], out: [520, 0] },
};

/** The pipelines of anchor E, by name. Those that transfer name an artifact, which is there once A has been trained. */
export const pipelines = { "from-scratch": fromScratch };
