import * as z from "zod";
import { convolutionParams, convolutionsOf } from "../convolutions";
import { defineLearned, OUTPUT } from "../define";
import {
  checkHead,
  checkInputs,
  headOf,
  hiddenOf,
  hiddenParams,
  inputsParam,
  lossParams,
  outputParams,
  portsOf,
  startOf,
  trainingOf,
  trainingParams,
} from "../learning";
import { layTrunk } from "../trunk";

/** Convolutions over an image, then fully connected layers to one head. */
export const convNet = defineLearned({
  kind: "conv-net",
  version: 1,
  title: "Conv net",
  doc: {
    summary: "A network that looks at an image through small filters and learns one output.",
    when: "The input is an image. Images of one size are looked at together; other inputs join behind the filters.",
    example: { filters: [8, 16], hidden: [64], label: "y" },
  },
  params: z.strictObject({
    ...outputParams,
    ...convolutionParams({ filters: [8, 16] }),
    ...hiddenParams([64]),
    inputs: inputsParam,
    ...lossParams,
    ...trainingParams({ learningRate: 0.003, batchSize: 32, steps: 600 }),
  }),
  inputs: (params) => portsOf(params, "an image, or beside one anything that a network can read"),
  check: (question) => [...checkInputs(question), ...checkHead(question)],
  heads: (params) => [headOf(OUTPUT, params, params)],
  training: trainingOf,
  start: startOf,
  network: ({ id, params, inputs, widths }) =>
    layTrunk({
      id,
      ports: params.inputs,
      inputs,
      heads: [OUTPUT],
      widths,
      hidden: hiddenOf(params),
      front: convolutionsOf(params),
    }),
});
