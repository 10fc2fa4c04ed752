import * as z from "zod";
import { inputNotEncodable } from "../../diagnostics/catalog/types";
import { FieldName } from "../../problem/document";
import type { Shape } from "../../layers/layer";
import { defineLearned, OUTPUT } from "../define";
import { LayerList } from "../layer-list";
import {
  checkHead,
  headOf,
  hiddenParams,
  lossParams,
  outputParams,
  startOf,
  trainingOf,
  trainingParams,
} from "../learning";
import { readAlong, sequenceParams } from "../sequence-net/sequences";
import { checkedNetwork, standardised } from "../trunk";

const INPUT = "input";
const ACCEPTS = "a sequence of rows or images, a text, or a signal with a frame";

const { size: _, ...headParams } = outputParams;
const { sequenceEnd: __, ...readingParams } = sequenceParams;
const { norm } = hiddenParams([]);

/** Layers along a sequence, and at every step a symbol or the blank. */
export const transcriber = defineLearned({
  kind: "transcriber",
  version: 1,
  title: "Transcriber",
  doc: {
    summary:
      "A network that reads along a sequence and writes down what it says: a text, or classes in their order.",
    when: "What is said is known, but not where in the sequence each symbol stands; speech and handwriting are so. It learns by CTC, over all places where the symbols could stand, and needs at least about twice as many steps as symbols.",
    example: { units: [32], kernelSize: 5, label: "y" },
  },
  params: z.strictObject({
    ...headParams,
    label: FieldName.meta({
      title: "Label",
      help: "The field that this output learns to write: a text, or a sequence of classes.",
    }),
    ...readingParams,
    norm,
    ...lossParams,
    ...trainingParams({ learningRate: 0.003, batchSize: 32, steps: 1500 }),
  }),
  inputs: () => [{ name: INPUT, accepts: ACCEPTS }],
  check: (question) => checkHead(question),
  heads: (params) => [{ ...headOf(OUTPUT, params, params), isFree: true }],
  training: trainingOf,
  start: startOf,
  network: ({ id, params, inputs, widths }) => {
    const shape = Object.hasOwn(inputs, INPUT) ? inputs[INPUT] : undefined;
    const filters = Object.hasOwn(widths, OUTPUT) ? widths[OUTPUT] : undefined;
    if (shape === undefined || filters === undefined) return { value: undefined, diagnostics: [] };
    const list = new LayerList();
    const steps = stepsOf(list, shape, params.frame);
    if (steps === undefined) {
      const place = { at: "port", stage: id, port: INPUT } as const;
      const seen = `${shape.join(" × ")} numbers`;
      return {
        value: undefined,
        diagnostics: [inputNotEncodable({ place, stage: id, port: INPUT, seen, accepts: ACCEPTS })],
      };
    }
    const read = readAlong(list, steps, params);
    const perStep = { filters, kernel: 1, stride: 1, padding: "valid" };
    const outputs = { [OUTPUT]: list.add(`head.${OUTPUT}`, "conv1d", [read], perStep) };
    return checkedNetwork({ inputs: { [INPUT]: shape }, layers: list.layers, outputs }, id);
  },
});

/** The input as a sequence of rows, each value in units of its spread; undefined where it can't be one. */
function stepsOf(list: LayerList, shape: Shape, frame: number): string | undefined {
  const [steps = 1] = shape;
  if (shape.length === 1 && frame > 0)
    return standardised(list, INPUT, list.add(`frames.${INPUT}`, "frames", [INPUT], { size: frame }));
  if (shape.length === 2) return standardised(list, INPUT);
  if (shape.length !== 4) return undefined;
  // Each image as a row of its own.
  const images = list.add(`images.${INPUT}`, "fold-steps", [INPUT]);
  const rows = list.add(`rows.${INPUT}`, "flatten", [standardised(list, INPUT, images)]);
  return list.add(`steps.${INPUT}`, "unfold-steps", [rows], { steps });
}
