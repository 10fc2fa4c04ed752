import type { PipelineDefinition } from "../problem";

/** One network from the two digits to their sum: no seam. */
const endToEnd: PipelineDefinition = {
  title: "End to end",
  description: "One convolutional network reads both digits at once and names their sum. It only needs sums.",
  stages: {
    in: { kind: "field", params: { field: "image" } },
    read: {
      kind: "conv-net",
      title: "Read the sum",
      params: { filters: [8, 16], hidden: [64], label: "sum" },
    },
    out: { kind: "answer", params: { field: "sum" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "out.value" },
  ],
  layout: { in: [0, 0], read: [260, 0], out: [520, 0] },
};

/** Cut the image in two, read each digit with the same network, add. */
const eachDigit: PipelineDefinition = {
  title: "Read each digit, then add",
  description:
    "Cuts the image into its two halves, reads each digit with one network, and adds. It needs a label for each digit.",
  stages: {
    in: { kind: "field", params: { field: "image" } },
    cut: { kind: "crop", title: "Cut in two", params: { mode: "grid", rows: 1, columns: 2 } },
    read: {
      kind: "conv-net",
      title: "Read a digit",
      params: { filters: [8, 16], hidden: [64], label: "digits", each: true },
    },
    add: { kind: "formula", title: "Add", params: { expression: "sum(digits)" } },
    out: { kind: "answer", params: { field: "sum" } },
  },
  links: [
    { from: "in.value", to: "cut.image" },
    { from: "cut.output", to: "read.input" },
    { from: "read.output", to: "add.digits" },
    { from: "add.output", to: "out.value" },
  ],
  layout: { in: [0, 0], cut: [260, 0], read: [520, 0], add: [780, 0], out: [1040, 0] },
};

/** Go along the image, write down the digits in their order, add. */
const writeDown: PipelineDefinition = {
  title: "Write the digits down, then add",
  description:
    "Goes along the image in narrow strips, writes down the digits that it passes, and adds. It is told which digits there are and in which order, not where they stand.",
  stages: {
    in: { kind: "field", params: { field: "image" } },
    strips: {
      kind: "crop",
      title: "Cut in strips",
      params: { mode: "grid", rows: 1, columns: 14, overlap: 2 },
    },
    write: {
      kind: "transcriber",
      title: "Write the digits down",
      params: { units: [64, 64], kernelSize: 5, norm: "batch", label: "digits" },
    },
    add: { kind: "formula", title: "Add", params: { expression: "sum(digits)" } },
    out: { kind: "answer", params: { field: "sum" } },
  },
  links: [
    { from: "in.value", to: "strips.image" },
    { from: "strips.output", to: "write.input" },
    { from: "write.output", to: "add.digits" },
    { from: "add.output", to: "out.value" },
  ],
  layout: { in: [0, 0], strips: [260, 0], write: [520, 0], add: [780, 0], out: [1040, 0] },
};

/** The pipelines of digit sums, by name. */
export const pipelines = { "end-to-end": endToEnd, "each-digit": eachDigit, "write-down": writeDown };
