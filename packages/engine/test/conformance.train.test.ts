import {
  type LearnedKind,
  networkFacts,
  networkWeights,
  type ProblemSchema,
  seed,
  stageId,
  standardKinds,
} from "@seams/core";
import {
  type Engine,
  initialState,
  type Network,
  type Shape,
  type StepLoss,
  type StepperState,
} from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../src/index";
import { arraysFor, lossOn, someRows, specOf } from "./support/nets";
import { testedForms } from "./support/tested";

/** Uses of a learned kind: params as documents write them, and encoded shapes by input port. */
interface Use {
  readonly params: object;
  readonly inputs: Readonly<Record<string, Shape>>;
}

/** At least one of every learned kind. */
const uses: Readonly<Record<string, readonly Use[]>> = {
  "dense-net": [
    { params: { hidden: [5, 3] }, inputs: { input: [4] } },
    { params: { hidden: [], inputs: ["a", "b"] }, inputs: { a: [6, 4, 2], b: [3] } },
  ],
  "conv-net": [
    { params: { filters: [3, 4], hidden: [5] }, inputs: { input: [9, 8, 1] } },
    { params: { filters: [3, 9], convolution: "separable", hidden: [] }, inputs: { input: [9, 8, 1] } },
    { params: { filters: [3], norm: "batch", hidden: [5] }, inputs: { input: [9, 8, 1] } },
    {
      params: { filters: [2], kernelSize: 5, stride: 2, pool: 1, hidden: [4], inputs: ["a", "b", "c"] },
      inputs: { a: [8, 6, 1], b: [2], c: [8, 6, 3] },
    },
  ],
  "sequence-net": [
    {
      params: { units: [4, 3], pool: 2, hidden: [5], norm: "layer", dropout: 0.2 },
      inputs: { input: [9, 2] },
    },
    {
      params: { units: [3], frame: 3, embed: 4, hidden: [], sequenceEnd: "flatten", inputs: ["a", "b"] },
      inputs: { a: [12], b: [4, 3] },
    },
    { params: { by: "gru", units: [3], hidden: [], sequenceEnd: "last" }, inputs: { input: [5, 2] } },
    {
      params: { by: "attention", units: [8, 8, 4], attentionHeads: 2, pool: 2, hidden: [4] },
      inputs: { input: [9, 2] },
    },
    { params: { by: "lstm", units: [3, 2], hidden: [4], sequenceEnd: "mean" }, inputs: { input: [5, 2] } },
  ],
  transcriber: [
    { params: { units: [4, 3], pool: 2, norm: "batch", label: "y" }, inputs: { input: [9, 2] } },
    { params: { by: "lstm", units: [3], label: "y" }, inputs: { input: [4, 3, 2, 1] } },
    { params: { units: [3], frame: 3, label: "y" }, inputs: { input: [13] } },
  ],
  "shared-trunk": [
    { params: { hidden: [6], heads: { a: {}, b: {} } }, inputs: { input: [4] } },
    { params: { filters: [3], hidden: [4], heads: { a: {}, b: {} } }, inputs: { input: [6, 6, 1] } },
  ],
};

const learned = standardKinds.filter((kind): kind is LearnedKind => kind.role === "learned");
const ROWS = 24;
const problem: ProblemSchema = {
  format: 1,
  name: "none",
  title: "None",
  fields: {},
  input: [],
  target: [],
  metrics: [],
  split: { column: "split" },
};

function networkOf(kind: LearnedKind, use: Use): Network {
  const params = kind.params.parse(use.params);
  const widths = Object.fromEntries(kind.heads(params).map(({ port }) => [port, 3]));
  const { value } = kind.network({ id: stageId("stage"), params, problem, inputs: use.inputs, widths });
  if (value === undefined) throw new Error(`${kind.kind}: no network`);
  return value;
}

/** A loss on each of three values of an output, or of each of its frames. */
function lossesOf(network: Network): readonly StepLoss[] {
  const facts = networkFacts(network);
  const layers = facts.is === "fits" ? facts.layers : [];
  return Object.entries(network.outputs).map(([output, end]) => {
    const shape = layers.find(({ layer }) => layer.id === end)?.shape ?? [];
    return lossOn(output, { slots: shape.slice(0, -1).reduce((size, side) => size * side, 1) });
  });
}

/** Steps over seeded data, from seeded weights. */
async function train(engine: Engine, network: Network): Promise<StepperState> {
  const spec = specOf(network, lossesOf(network));
  const stepper = await engine.stepper(
    spec,
    initialState(network, seed(2), (layer) => layer),
  );
  stepper.bind(arraysFor(spec, ROWS));
  await stepper.run(someRows(4 * spec.batchSize, ROWS));
  const state = await stepper.read();
  stepper.dispose();
  return state;
}

it("every learned kind has a use here", () => {
  expect(learned.map(({ kind }) => kind).sort()).toEqual(Object.keys(uses).sort());
});

const cases = learned.flatMap((kind) =>
  (uses[kind.kind] ?? []).map((use) => [`${kind.kind} ${JSON.stringify(use.params)}`, kind, use] as const),
);

describe.each(testedForms)("%s steps on %s", (form, backend) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend, form });
  });

  describe.each(cases)("%s", (_, kind, use) => {
    const network = networkOf(kind, use);
    const facts = networkFacts(network);
    const layers = facts.is === "fits" ? facts.layers : [];

    it("computes the shapes that it states, layer by layer", async () => {
      const outputs = Object.fromEntries(layers.map(({ layer }) => [layer.id, layer.id]));
      const open = { ...network, outputs: { ...network.outputs, ...outputs } };
      const spec = specOf(open, lossesOf(network).slice(0, 1));
      const stepper = await engine.stepper(
        spec,
        initialState(open, seed(2), (layer) => layer),
      );
      stepper.bind(arraysFor(spec, ROWS));
      const computed = await stepper.predict(someRows(7, ROWS), Object.keys(open.outputs));
      stepper.dispose();
      // Between fold-steps and unfold-steps a layer gives rows of its own, which nobody reads as an output.
      for (const { layer, shape } of layers.filter(({ rowsPerRecord }) => rowsPerRecord === 1)) {
        const stated = shape.reduce((size, side) => size * side, 1);
        expect([layer.id, computed[layer.id]?.length]).toEqual([layer.id, 7 * stated]);
      }
      for (const { output, slots } of lossesOf(network)) expect(computed[output]?.length).toBe(7 * slots * 3);
    });

    it("allocates the weights that it counts, and no others", async () => {
      const { arrays } = await train(engine, network);
      const isSlot = (name: string): boolean => !layers.some(({ layer }) => name.startsWith(`${layer.id}/`));
      const allocated = Object.entries(arrays)
        .filter(([name]) => !isSlot(name))
        .map(([name, { shape, data }]) => [name, [...shape], data.length]);
      const counted = networkWeights(network).map(({ layer, weight }) => [
        `${layer}/${weight.name}`,
        [...weight.shape],
        weight.shape.reduce((size, side) => size * side, 1),
      ]);
      expect(allocated.sort()).toEqual(counted.sort());
    });

    it("trains to the same bytes from the same seed, moving every weight that is trainable or moves by itself, and no other", async () => {
      const [first, second] = [await train(engine, network), await train(engine, network)];
      expect(second).toEqual(first);
      const init = initialState(network, seed(2), (layer) => layer);
      for (const { layer, weight } of networkWeights(network)) {
        const name = `${layer}/${weight.name}`;
        const isMoved = first.arrays[name]?.data.some((value, k) => value !== init.arrays[name]?.data[k]);
        expect([name, isMoved]).toEqual([name, weight.trainable || weight.moves === true]);
      }
    });

    it("leaves no tensor behind", async () => {
      const before = engine.liveTensors();
      await train(engine, network);
      expect(engine.liveTensors()).toBe(before);
    });
  });
});
