import * as z from "zod";
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

/** Fully connected layers from any inputs to one head. */
export const denseNet = defineLearned({
  kind: "dense-net",
  version: 1,
  title: "Dense net",
  doc: {
    summary: "A network of fully connected layers that learns one output.",
    when: "The input is a row of numbers or a class. For images, a conv-net needs fewer examples.",
    example: { hidden: [32], label: "y" },
  },
  params: z.strictObject({
    ...outputParams,
    ...hiddenParams([32]),
    inputs: inputsParam,
    ...lossParams,
    ...trainingParams({ learningRate: 0.005, batchSize: 32, steps: 1500 }),
  }),
  inputs: (params) => portsOf(params, "anything that a network can read"),
  check: (question) => [...checkInputs(question), ...checkHead(question)],
  heads: (params) => [headOf(OUTPUT, params, params)],
  training: trainingOf,
  start: startOf,
  network: ({ id, params, inputs, widths }) =>
    layTrunk({ id, ports: params.inputs, inputs, heads: [OUTPUT], widths, hidden: hiddenOf(params) }),
});
