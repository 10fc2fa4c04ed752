import type { Layer, Network, StepLoss, StepSpec } from "../packages/core/src/train/index";

/** A network that is trained for speed: sizes as in design's table, one step spec each. */
export interface BenchNet {
  readonly name: string;
  readonly title: string;
  readonly spec: StepSpec;
  /** Records, a multiple of the batch size; an epoch runs through them in order. */
  readonly rows: number;
  /** Who can train it, by name; the others are left out with `without`. */
  readonly peers: readonly string[];
  /** Why the other peers don't. */
  readonly without: string;
}

/** Everyone. */
const ALL = { peers: ["tfjs", "tfjs-node", "keras", "torch"], without: "" } as const;
const inPython = (without: string) => ({ peers: ["keras", "torch"], without });

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
  classifier("conv1d", "conv1d 128×40, 64 filters of 3 twice with pools, mean, dense 10, batch 32", {
    input: [128, 40],
    layers: [...slides(64), ...slides(64), { kind: "global-avg-pool", params: {} }, ...dense([10])],
    batchSize: 32,
    rows: 512,
  }),
  recurrent(
    "gru",
    inPython("tf.layers' GRU resets before the product, ours after it as Keras and PyTorch do"),
  ),
  recurrent("lstm", ALL),
  transformer(),
  maskedHeads(),
];

function recurrent(kind: "gru" | "lstm", peers: Pick<BenchNet, "peers" | "without">): BenchNet {
  return classifier(kind, `${kind} of 64 units over 32 steps of 32, dense 10, batch 32`, {
    input: [32, 32],
    layers: [{ kind, params: { units: 64 } }, { kind: "last-step", params: {} }, ...dense([10])],
    batchSize: 32,
    rows: 512,
    ...peers,
  });
}

/** Large products and next to nothing else: how fast products can be here. */
export const productsNet: BenchNet = classifier("products", "512-512-512-512-10, batch 256, forward alone", {
  input: [512],
  layers: dense([512, 512, 512, 10]),
  batchSize: 256,
  rows: 1024,
});

interface Piece {
  readonly kind: string;
  readonly params: Layer["params"];
}

interface Shape {
  readonly input: readonly number[];
  readonly layers: readonly Piece[];
  readonly batchSize: number;
  readonly rows: number;
  readonly peers?: readonly string[];
  readonly without?: string;
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

/** A convolution along a sequence and a pool. */
function slides(filters: number): readonly Piece[] {
  return [
    { kind: "conv1d", params: { filters, kernel: 3, stride: 1, padding: "same" } },
    { kind: "relu", params: {} },
    { kind: "max-pool1d", params: { size: 2 } },
  ];
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

function classifier(name: string, title: string, shape: Shape): BenchNet {
  const { input, layers, batchSize, rows, peers = ALL.peers, without = ALL.without } = shape;
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
    peers,
    without,
  };
}

/** Two blocks with the norm before attention and before two layers step by step, as the sequence net has them. */
function transformer(): BenchNet {
  const width = 64;
  const layer = (id: string, kind: string, params: Layer["params"], ...from: string[]): Layer => ({
    id,
    kind,
    params,
    from,
  });
  const step = (filters: number): Layer["params"] => ({ filters, kernel: 1, stride: 1, padding: "same" });
  const block = (number: number, from: string): readonly Layer[] => {
    const name = (part: string): string => `${part}-${number}`;
    return [
      layer(name("norm-a"), "layer-norm", {}, from),
      layer(name("attention"), "attention", { heads: 4 }, name("norm-a")),
      layer(name("sum-a"), "sum", {}, from, name("attention")),
      layer(name("norm-b"), "layer-norm", {}, name("sum-a")),
      layer(name("wide"), "conv1d", step(4 * width), name("norm-b")),
      layer(name("relu"), "relu", {}, name("wide")),
      layer(name("narrow"), "conv1d", step(width), name("relu")),
      layer(name("sum-b"), "sum", {}, name("sum-a"), name("narrow")),
    ];
  };
  const layers = [
    layer("position", "position", {}, "x"),
    ...block(1, "position"),
    ...block(2, "sum-b-1"),
    layer("norm", "layer-norm", {}, "sum-b-2"),
    layer("mean", "global-avg-pool", {}, "norm"),
    layer("y", "dense", { units: 10 }, "mean"),
  ];
  const network: Network = { inputs: { x: [32, width] }, layers, outputs: { y: "y" } };
  return {
    name: "transformer",
    title: "transformer of 2 blocks, width 64, 4 heads, 32 steps, dense 10, batch 32",
    spec: { network, losses: [lossOf("y", { width: 10 })], optimiser: OPTIMISER, batchSize: 32 },
    rows: 512,
    ...inPython("tf.layers has no attention"),
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
    peers: [],
    without: "its masks are code of the product's own",
  };
}
