import type { Network } from "@seams/core/train";
import { expect, it } from "vitest";
import { denseLayers, layer, lossOn } from "../support/nets";
import { testedBackend } from "../support/tested";
import { BATCH, type Case, chain, describeParity, piece, stepOf } from "./parity";

/** Convolutions of every size, stride and padding, with and without what is fused with them, seen from behind. */
function convolutions(): readonly Case[] {
  const cases: Case[] = [];
  const tails = {
    bare: [],
    relu: [piece("relu")],
    pooled: [piece("relu"), piece("max-pool2d", { size: 2 })],
    "pooled by 3": [piece("relu"), piece("max-pool2d", { size: 3 })],
    "pooled without relu": [piece("max-pool2d", { size: 2 })],
  };
  const shapes = [
    [9, 7, 1],
    [8, 8, 3],
    [11, 6, 8],
    [7, 10, 17],
  ] as const;
  for (const kernel of [1, 2, 3, 5]) {
    for (const stride of [1, 2]) {
      for (const padding of ["same", "valid"]) {
        for (const [index, shape] of shapes.entries()) {
          const [tail, after] = Object.entries(tails)[(kernel + stride + index) % 5] ?? ["bare", []];
          const filters = [3, 8, 17, 16][(index + stride) % 4] ?? 3;
          const first = piece("conv2d", { filters, kernel, stride, padding });
          // Something before it that learns, so that the gradient by its input is looked at too.
          const before = piece("conv2d", { filters: shape[2], kernel: 3, stride: 1, padding: "same" });
          const places =
            Math.floor(Math.min(shape[0], shape[1]) / stride) - (padding === "valid" ? kernel : 0);
          const rest = places < 3 ? [] : after;
          const what = `${kernel}×${kernel} stride ${stride} ${padding} on ${shape.join("×")} to ${filters}, ${places < 3 ? "bare" : tail}`;
          cases.push(chain(what, shape, [first, ...rest, piece("flatten")]));
          cases.push(chain(`${what}, behind another`, shape, [before, first, ...rest, piece("flatten")]));
        }
      }
    }
  }
  return cases;
}

/** The same along sequences: odd lengths, a single pair, kernels that Winograd's form has and has not, few channels. */
const pooledLines = (): readonly Case[] =>
  [
    { shape: [33, 40], filters: [64, 16], kernel: 3, stride: 1, padding: "same" },
    { shape: [17, 3], filters: [9, 24], kernel: 3, stride: 1, padding: "same" },
    { shape: [10, 16], filters: [16], kernel: 3, stride: 1, padding: "valid" },
    { shape: [2, 24], filters: [8], kernel: 3, stride: 1, padding: "same" },
    { shape: [3, 12], filters: [33], kernel: 5, stride: 1, padding: "same" },
    { shape: [6, 8], filters: [17], kernel: 1, stride: 1, padding: "valid" },
    { shape: [30, 5], filters: [11, 8], kernel: 2, stride: 2, padding: "same" },
    { shape: [263, 20], filters: [12, 8], kernel: 5, stride: 1, padding: "same" },
  ].map(({ shape, filters, ...window }) => {
    const blocks = filters.flatMap((count) => [
      piece("conv1d", { filters: count, ...window }),
      piece("relu"),
      piece("max-pool1d", { size: 2 }),
    ]);
    const what = `pooled lines of ${filters.join()}, kernel ${window.kernel}, stride ${window.stride} on ${shape.join("×")}`;
    return chain(what, shape, [...blocks, piece("flatten")]);
  });

/** Nets for which pooled convolutions have kernels of their own: many and few channels, images of one tile. */
const pooled = (): readonly Case[] =>
  [
    { shape: [28, 28, 1], filters: [8, 16] },
    { shape: [9, 11, 1], filters: [5] },
    { shape: [2, 3, 1], filters: [17] },
    { shape: [12, 10, 3], filters: [16, 32] },
    { shape: [6, 6, 16], filters: [16] },
    { shape: [5, 4, 24], filters: [9, 24] },
    { shape: [2, 2, 32], filters: [16] },
    { shape: [9, 9, 40], filters: [33] },
  ].map(({ shape, filters }) => {
    const blocks = filters.flatMap((count) => [
      piece("conv2d", { filters: count, kernel: 3, stride: 1, padding: "same" }),
      piece("relu"),
      piece("max-pool2d", { size: 2 }),
    ]);
    return chain(`pooled blocks of ${filters.join()} on ${shape.join("×")}`, shape, [
      ...blocks,
      piece("flatten"),
    ]);
  });

const dense = (): readonly Case[] =>
  [1, 2, 3, 4, 5, 8, 13, 16, 31, 64, 100, 200].flatMap((inputs) =>
    [[1], [7], [8, 5], [33, 16]].map((units) => {
      const layers = denseLayers("x", [...units, 3]);
      const network = { inputs: { x: [inputs] }, layers, outputs: { y: layers.at(-1)?.id ?? "" } };
      const spec = stepOf(network, [lossOn("y")]);
      return { name: `dense ${inputs}-${units.join("-")}-3`, spec, labelled: "all", rows: BATCH } as const;
    }),
  );

/** Layers that no other case has: pools, activations, views, folds, several readers of one value. */
const others = (): readonly Case[] => [
  ...[2, 3].map((size) =>
    chain(
      `pool by ${size} of what a softmax gave`,
      [7, 6, 5],
      [
        piece("conv2d", { filters: 5, kernel: 3, stride: 1, padding: "same" }),
        piece("softmax"),
        piece("max-pool2d", { size }),
        piece("flatten"),
      ],
    ),
  ),
  ...["softmax", "sigmoid", "relu"].flatMap((kind) => [
    chain(`${kind} of 7`, [5], [piece("dense", { units: 7 }), piece(kind)]),
    chain(
      `${kind} of an image`,
      [6, 5, 3],
      [
        piece("conv2d", { filters: 3, kernel: 3, stride: 1, padding: "valid" }),
        piece(kind),
        piece("flatten"),
      ],
    ),
  ]),
  ...pooledLines(),
  // More places than a kernel's gradient takes at once: with borders between records, and without.
  ...[1, 3].flatMap((kernel) =>
    [67, 131].map((steps) =>
      chain(
        `${kernel} steps along ${steps}, twice`,
        [steps, 3],
        [
          piece("conv1d", { filters: 9, kernel, stride: 1, padding: "same" }),
          piece("relu"),
          piece("conv1d", { filters: 16, kernel, stride: 1, padding: "same" }),
          piece("global-avg-pool"),
        ],
      ),
    ),
  ),
  chain(
    "a grey image seen without a border",
    [8, 9, 1],
    [
      piece("conv2d", { filters: 12, kernel: 3, stride: 1, padding: "valid" }),
      piece("relu"),
      piece("max-pool2d", { size: 2 }),
      piece("flatten"),
    ],
  ),
  chain(
    "a grey image behind something that learns",
    [8, 9, 1],
    [
      piece("batch-norm"),
      piece("conv2d", { filters: 12, kernel: 3, stride: 1, padding: "same" }),
      piece("relu"),
      piece("max-pool2d", { size: 2 }),
      piece("flatten"),
    ],
  ),
  chain("standardised numbers", [6], [piece("standardise"), piece("dense", { units: 5 }), piece("relu")]),
  chain(
    "a standardised image",
    [6, 5, 3],
    [
      piece("standardise"),
      piece("conv2d", { filters: 4, kernel: 3, stride: 1, padding: "same" }),
      piece("relu"),
      piece("flatten"),
    ],
  ),
  {
    name: "two readers of a trunk, and one of both",
    spec: stepOf(
      {
        inputs: { x: [6, 6, 2], z: [3] },
        layers: [
          layer("conv", "conv2d", "x", { filters: 5, kernel: 3, stride: 1, padding: "same" }),
          layer("relu", "relu", "conv"),
          layer("pool", "max-pool2d", "relu", { size: 2 }),
          layer("again", "conv2d", "relu", { filters: 4, kernel: 3, stride: 1, padding: "same" }),
          layer("flat", "flatten", "pool"),
          layer("flat2", "flatten", "again"),
          layer("all", "concat", ["flat", "flat2", "z"]),
          layer("y", "dense", "all", { units: 3 }),
        ],
        outputs: { y: "y" },
      },
      [lossOn("y")],
    ),
    labelled: "all",
    rows: BATCH,
  },
  {
    name: "each element of a sequence by the same net",
    spec: stepOf(
      {
        inputs: { x: [3, 6, 6, 1] },
        layers: [
          layer("fold", "fold-steps", "x"),
          layer("conv", "conv2d", "fold", { filters: 4, kernel: 3, stride: 1, padding: "same" }),
          layer("relu", "relu", "conv"),
          layer("pool", "max-pool2d", "relu", { size: 2 }),
          layer("flat", "flatten", "pool"),
          layer("y", "dense", "flat", { units: 5 }),
          layer("unfold", "unfold-steps", "y", { steps: 3 }),
        ],
        outputs: { y: "unfold" },
      },
      [lossOn("y", { slots: 3, width: 5 })],
    ),
    labelled: "mixed",
    rows: BATCH,
  },
];

/** Every loss with every divisor and mask, two heads on one trunk, in whole batches, short ones and by themselves. */
function losses(): readonly Case[] {
  const network: Network = {
    inputs: { x: [5] },
    layers: [
      layer("trunk", "dense", "x", { units: 9 }),
      layer("relu", "relu", "trunk"),
      layer("a", "dense", "relu", { units: 6 }),
      layer("b", "dense", "relu", { units: 6 }),
    ],
    outputs: { a: "a", b: "b" },
  };
  const names = ["softmax-cross-entropy", "sigmoid-cross-entropy", "squared-error", "smooth-l1"] as const;
  return names.flatMap((loss) =>
    (["expected", "batch", "labelled"] as const).flatMap((normalise) =>
      (["all", "none", "mixed"] as const).flatMap((labelled) =>
        [1, 4, BATCH].map((rows) => {
          const shape = { loss, normalise, share: labelled === "all" ? 1 : 0.5, slots: 2, width: 3 };
          const heads = [
            lossOn("a", { ...shape, weight: 2, unit: 3 }),
            lossOn("b", { width: 6, weight: 0.5 }),
          ];
          const name = `${loss} over ${normalise}, labels ${labelled}, ${rows} records`;
          return { name, spec: stepOf(network, heads), labelled, rows };
        }),
      ),
    ),
  );
}

/** Symbols along the frames of convolutions and memories, few and many of them. */
function alignments(): readonly Case[] {
  const nets = (frames: number, width: number): Readonly<Record<string, Network>> => {
    const inputs = { x: [frames, 3] };
    const seen = layer("seen", "conv1d", "x", { filters: 5, kernel: 3, stride: 1, padding: "same" });
    const last = { filters: width, kernel: 1, stride: 1, padding: "same" };
    return {
      "a convolution": {
        inputs,
        layers: [seen, layer("relu", "relu", "seen"), layer("y", "conv1d", "relu", last)],
        outputs: { y: "y" },
      },
      "a memory": {
        inputs,
        layers: [layer("heard", "gru", "x", { units: 6 }), layer("y", "conv1d", "heard", last)],
        outputs: { y: "y" },
      },
      "a net of each frame": {
        inputs,
        layers: [
          layer("fold", "fold-steps", "x"),
          layer("each", "dense", "fold", { units: width }),
          layer("y", "unfold-steps", "each", { steps: frames }),
        ],
        outputs: { y: "y" },
      },
    };
  };
  const sizes = [
    [1, 2],
    [5, 3],
    [8, 9],
    [13, 18],
  ] as const;
  return sizes.flatMap(([frames, width]) =>
    Object.entries(nets(frames, width)).flatMap(([name, network]) =>
      (["all", "none", "mixed"] as const).flatMap((labelled, at) =>
        [1, 4, BATCH].map((rows) => {
          const normalise = (["expected", "batch", "labelled"] as const)[(at + rows) % 3] ?? "batch";
          const one = { loss: "ctc", normalise, share: 0.5, slots: frames, width, unit: 1.7 } as const;
          const what = `${width - 1} symbols along ${frames} frames of ${name}`;
          const spec = stepOf(network, [lossOn("y", { ...one, weight: 2 })]);
          return {
            name: `${what} over ${normalise}, labels ${labelled}, ${rows} records`,
            spec,
            labelled,
            rows,
          };
        }),
      ),
    ),
  );
}

const cases = [...convolutions(), ...pooled(), ...dense(), ...others(), ...losses(), ...alignments()];

// Native has no program of CTC and says so: ctc.train.test.ts.
const here = cases.filter(
  ({ spec }) => testedBackend !== "native" || spec.losses.every(({ loss }) => loss !== "ctc"),
);

describeParity("a step program", here);

it("is tested with at least 400 networks", () => {
  expect(cases.length).toBeGreaterThanOrEqual(400);
});
