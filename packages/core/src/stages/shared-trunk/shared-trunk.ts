import * as z from "zod";
import { FieldName } from "../../problem/document";
import { convolutionParams, convolutionsOf } from "../convolutions";
import { defineLearned } from "../define";
import {
  checkHead,
  checkInputs,
  headOf,
  headParam,
  hiddenOf,
  hiddenParams,
  inputsParam,
  lossParams,
  portsOf,
  startOf,
  trainingOf,
  trainingParams,
} from "../learning";
import { layTrunk } from "../trunk";

/** One network with several heads: its trunk learns from all of their labels. */
export const sharedTrunk = defineLearned({
  kind: "shared-trunk",
  version: 1,
  title: "Shared trunk",
  doc: {
    summary: "One network with several outputs: what is learned for one of them helps the others.",
    when: "Several related answers come from the same input and each has few labels. A trunk too narrow, or unrelated answers, hurt.",
    example: { hidden: [32], heads: { a: { label: "a" }, b: { label: "b", mask: "present(a)" } } },
  },
  params: z.strictObject({
    heads: z
      .record(FieldName, headParam)
      .refine((heads) => Object.keys(heads).length > 0, "at least one head")
      .refine((heads) => Object.keys(heads).length <= 32, "at most 32 heads")
      .meta({
        title: "Heads",
        help: "One output port a head, named after it; their weighted losses are added.",
      }),
    ...hiddenParams([32]),
    ...convolutionParams({ filters: [] }),
    inputs: inputsParam,
    ...lossParams,
    ...trainingParams({ learningRate: 0.005, batchSize: 32, steps: 1500 }),
  }),
  inputs: (params) => portsOf(params, "anything that a network can read; an image where there are filters"),
  check: (question) => [
    ...checkInputs(question),
    ...Object.entries(question.params.heads).flatMap(([name, head]) =>
      checkHead({ ...question, params: head }, ["heads", name]),
    ),
  ],
  heads: (params) => Object.entries(params.heads).map(([port, head]) => headOf(port, head, params)),
  training: trainingOf,
  start: startOf,
  network: ({ id, params, inputs, widths }) => {
    const plan = { id, ports: params.inputs, inputs, heads: Object.keys(params.heads), widths };
    const hidden = hiddenOf(params);
    return layTrunk(
      params.filters.length === 0 ? { ...plan, hidden } : { ...plan, hidden, front: convolutionsOf(params) },
    );
  },
});
