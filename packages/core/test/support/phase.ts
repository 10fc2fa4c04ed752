import type { LossTerm, TrainPhase } from "../../src/compile/plan";
import { contentHash, stageId } from "../../src/ids";

/** A head over a field of labels "a" to "c", with the rest of a loss term filled in. */
export function lossTerm(changes: Partial<LossTerm> = {}): LossTerm {
  return {
    stage: stageId("read"),
    head: { port: "output", label: "y", weight: 1, normalise: "expected", unitScale: true },
    output: "read.output",
    target: "y",
    type: { is: "label", classes: ["a", "b", "c"] },
    loss: "softmax-cross-entropy",
    slots: 1,
    width: 3,
    weight: 1,
    normalise: "expected",
    unitScale: true,
    ...changes,
  };
}

/** A phase that trains one dense stage on the field `x` of two numbers. */
export function trainPhase(changes: Partial<TrainPhase> = {}): TrainPhase {
  return {
    do: "train",
    id: "train read",
    after: [],
    train: [stageId("read")],
    frozen: [],
    inputs: [
      {
        name: "read.input",
        mode: "data",
        source: { is: "field", field: "x" },
        type: { is: "vector", size: 2 },
        each: false,
      },
    ],
    network: {
      inputs: { "read.input": [2] },
      layers: [{ id: "read/head", kind: "dense", params: { units: 3 }, from: ["read.input"] }],
      outputs: { "read.output": "read/head" },
    },
    layersOf: { read: ["read/head"] },
    losses: [lossTerm()],
    labels: ["y"],
    gradients: { flow: [], stop: [] },
    optimiser: { name: "adam", learningRate: 0.01, momentum: 0, weightDecay: 0, layerRates: {} },
    training: {
      optimiser: "adam",
      learningRate: 0.01,
      weightDecay: 0,
      batchSize: 8,
      steps: 100,
      patience: 5,
      validation: 0.2,
    },
    start: {},
    cost: { trainableWeights: 9, frozenWeights: 0, flopsPerRecord: 12, memoryBytes: 100, seconds: 0.1 },
    signature: contentHash("a".repeat(64)),
    ...changes,
  };
}
