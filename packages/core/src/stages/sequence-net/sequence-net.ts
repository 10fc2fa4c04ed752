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
import { sequenceParams, sequencesOf } from "./sequences";

/** Layers along a sequence, then fully connected layers to one head. */
export const sequenceNet = defineLearned({
  kind: "sequence-net",
  version: 1,
  title: "Sequence net",
  doc: {
    summary:
      "A network that looks along a sequence, a text or a sound and learns one output for the whole of it.",
    when: "The order of the elements tells something. Where each element has an answer of its own, map a dense or conv net with each.",
    example: { units: [16], kernelSize: 3, hidden: [32], label: "y" },
  },
  params: z.strictObject({
    ...outputParams,
    ...sequenceParams,
    ...hiddenParams([32]),
    inputs: inputsParam,
    ...lossParams,
    ...trainingParams({ learningRate: 0.003, batchSize: 32, steps: 800 }),
  }),
  inputs: (params) =>
    portsOf(params, "a sequence, text or signal, or beside one anything that a network can read"),
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
      front: sequencesOf(params),
    }),
});
