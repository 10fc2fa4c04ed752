import type { Layer, Network, StepLoss, StepSpec } from "../packages/core/src/train/index";

/** A network that is trained for speed: sizes as in design's table, one step spec each. */
export interface BenchNet {
  readonly name: string;
  readonly title: string;
  readonly spec: StepSpec;
  /** Records, a multiple of the batch size; an epoch runs through them in order. */
  readonly rows: number;
  /** Whether `fit`, Keras and PyTorch can train it without code of their own for masks. */
  readonly hasPeers: boolean;
}

const OPTIMISER = { name: "adam", learningRate: 0.001, momentum: 0, weightDecay: 0, layerRates: {} } as const;

/** All nets, by the names that `npm run bench` takes. */
export const benchNets: readonly BenchNet[] = [
  classifier("mlp", "mlp 784-256-256-10, batch 64", {
    input: [784],
    layers: dense([256, 256, 10]),
    batchSize: 64,
    rows: 2048,
  }),
  classifier("tiny", "tiny 16-32-32-4, batch 32", {
    input: [16],
    layers: dense([32, 32, 4]),
    batchSize: 32,
    rows: 4096,
  }),
  classifier("cnn28", "cnn28 28×28×1, conv 16 and 32 with pools, dense 64-10, batch 64", {
    input: [28, 28, 1],
    layers: [...convolutions([16, 32]), ...dense([64, 10])],
    batchSize: 64,
    rows: 1024,
  }),
  classifier("cnn64", "cnn64 64×64×3, conv 16, 32 and 64 with pools, dense 10, batch 32", {
    input: [64, 64, 3],
    layers: [...convolutions([16, 32, 64]), ...dense([10])],
    batchSize: 32,
    rows: 256,
  }),
  maskedHeads(),
];

interface Piece {
  readonly kind: string;
  readonly params: Layer["params"];
}

interface Shape {
  readonly input: readonly number[];
  readonly layers: readonly Piece[];
  readonly batchSize: number;
  readonly rows: number;
}

function dense(units: readonly number[]): readonly Piece[] {
  return units.flatMap((count, index) => [
    { kind: "dense", params: { units: count } },
    ...(index === units.length - 1 ? [] : [{ kind: "relu", params: {} }]),
  ]);
}

function convolutions(filters: readonly number[]): readonly Piece[] {
  const blocks = filters.flatMap((count) => [
    { kind: "conv2d", params: { filters: count, kernel: 3, stride: 1, padding: "same" } },
    { kind: "relu", params: {} },
    { kind: "max-pool2d", params: { size: 2 } },
  ]);
  return [...blocks, { kind: "flatten", params: {} }];
}

/** Layers one behind the other. */
function chain(input: string, pieces: readonly Piece[], prefix = ""): readonly Layer[] {
  const idOf = (index: number): string => `${prefix}${pieces[index]?.kind ?? ""}-${index}`;
  return pieces.map(({ kind, params }, index) => ({
    id: idOf(index),
    kind,
    params,
    from: [index === 0 ? input : idOf(index - 1)],
  }));
}

function lossOf(output: string, changes: Partial<StepLoss>): StepLoss {
  return {
    output,
    target: `${output}.target`,
    mask: `${output}.mask`,
    loss: "softmax-cross-entropy",
    slots: 1,
    width: 1,
    weight: 1,
    normalise: "batch",
    share: 1,
    unit: 1,
    ...changes,
  };
}

function classifier(name: string, title: string, { input, layers, batchSize, rows }: Shape): BenchNet {
  const list = chain("x", layers);
  const last = list.at(-1);
  if (last === undefined) throw new Error(`bench: ${name} has no layers.`);
  const network: Network = { inputs: { x: input }, layers: list, outputs: { y: last.id } };
  const losses = [lossOf("y", { width: Number(last.params["units"]) })];
  return {
    name,
    title,
    spec: { network, losses, optimiser: OPTIMISER, batchSize },
    rows,
    hasPeers: true,
  };
}

/** A trunk with three heads: classes, flags and values; two labels in three are there. */
function maskedHeads(): BenchNet {
  const trunk = chain("x", dense([64, 64]), "trunk-");
  const relu: Layer = { id: "trunk", kind: "relu", params: {}, from: [trunk.at(-1)?.id ?? "x"] };
  const head = (id: string, units: number): Layer => ({
    id,
    kind: "dense",
    params: { units },
    from: ["trunk"],
  });
  const network: Network = {
    inputs: { x: [32] },
    layers: [...trunk, relu, head("classes", 10), head("flags", 4), head("values", 3)],
    outputs: { classes: "classes", flags: "flags", values: "values" },
  };
  const share = 2 / 3;
  const losses = [
    lossOf("classes", { width: 10, share, normalise: "expected" }),
    lossOf("flags", { loss: "sigmoid-cross-entropy", slots: 4, share, normalise: "expected" }),
    lossOf("values", { loss: "squared-error", width: 3, share, normalise: "expected" }),
  ];
  const spec = { network, losses, optimiser: OPTIMISER, batchSize: 32 };
  return {
    name: "masked-heads",
    title: "masked heads 32-64-64 with heads 10, 4 and 3, batch 32",
    spec,
    rows: 4096,
    hasPeers: false,
  };
}
