import { seed } from "@seams/core";
import {
  drawKeys,
  dropoutThreshold,
  fillWords,
  initialState,
  type Shape,
  type StepperState,
} from "@seams/core/train";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { adam, arraysFor, layer, lossOn, someRows } from "../support/nets";
import { testedBackend } from "../support/tested";
import { BATCH, type Case, chain, describeParity, piece, stepOf } from "./parity";

/** Each case in a whole batch, and by itself. */
const alsoAlone = (cases: readonly Case[]): readonly Case[] =>
  cases.flatMap((one) => [one, { ...one, name: `${one.name}, one record`, rows: 1 }]);

const conv = (filters: number) => piece("conv2d", { filters, kernel: 3, stride: 1, padding: "same" });
const IMAGES: readonly Shape[] = [
  [6, 5, 3],
  [8, 8, 8],
  [7, 9, 17],
];

/** Pools that take means, behind what learns and behind the input itself. */
const averages = (): readonly Case[] =>
  IMAGES.flatMap((shape) => {
    const name = shape.join("×");
    const flat = piece("flatten");
    return [
      ...[1, 2, 3].map((size) =>
        chain(`means of ${size}×${size} tiles of ${name}`, shape, [
          conv(5),
          piece("avg-pool2d", { size }),
          flat,
        ]),
      ),
      chain(`means of tiles of ${name}, then a convolution`, shape, [
        conv(4),
        piece("relu"),
        piece("avg-pool2d", { size: 2 }),
        conv(3),
        piece("relu"),
        flat,
      ]),
      chain(`means of all places of ${name}`, shape, [conv(9), piece("relu"), piece("global-avg-pool")]),
      chain(`means of all places of an input of ${name}`, shape, [
        piece("global-avg-pool"),
        piece("dense", { units: 5 }),
      ]),
    ];
  });

const norms = (): readonly Case[] => [
  ...[1, 3, 8, 21].map((units) =>
    chain(`layer norm of ${units}`, [6], [piece("dense", { units }), piece("layer-norm"), piece("relu")]),
  ),
  chain("layer norm of an input", [5], [piece("layer-norm"), piece("dense", { units: 3 })]),
  ...IMAGES.flatMap((shape) => [
    chain(`layer norm of the pixels of ${shape.join("×")}`, shape, [
      conv(6),
      piece("layer-norm"),
      piece("relu"),
      piece("flatten"),
    ]),
    chain(`layer norm of pixels between convolutions of ${shape.join("×")}`, shape, [
      conv(5),
      piece("layer-norm"),
      conv(3),
      piece("relu"),
      piece("flatten"),
    ]),
  ]),
];

/** Moments over the batch: of rows, of all pixels, of all steps, of folded elements, and several norms in a row. */
const batchNorms = (): readonly Case[] => [
  ...[1, 3, 8, 21].map((units) =>
    chain(`batch norm of ${units}`, [6], [piece("dense", { units }), piece("batch-norm"), piece("relu")]),
  ),
  chain("batch norm of an input", [5], [piece("batch-norm"), piece("dense", { units: 3 })]),
  chain(
    "batch norms in every layer",
    [6],
    [17, 9, 4].flatMap((units) => [piece("dense", { units }), piece("batch-norm"), piece("relu")]),
  ),
  chain(
    "batch norm of all elements",
    [3, 5],
    [
      piece("fold-steps"),
      piece("dense", { units: 7 }),
      piece("batch-norm"),
      piece("relu"),
      piece("unfold-steps", { steps: 3 }),
      piece("flatten"),
    ],
  ),
  ...[...IMAGES, ...SEQUENCES].flatMap((shape) => {
    const name = shape.join("×");
    const seen = (filters: number) =>
      shape.length === 3
        ? conv(filters)
        : piece("conv1d", { filters, kernel: 3, stride: 1, padding: "same" });
    const smaller = shape.length === 3 ? piece("max-pool2d", { size: 2 }) : piece("max-pool1d", { size: 2 });
    return [
      chain(`batch norm of the places of ${name}`, shape, [
        seen(6),
        piece("batch-norm"),
        piece("relu"),
        piece("flatten"),
      ]),
      chain(`batch norms between convolutions and pools of ${name}`, shape, [
        seen(5),
        piece("batch-norm"),
        piece("relu"),
        smaller,
        seen(3),
        piece("batch-norm"),
        piece("relu"),
        piece("flatten"),
      ]),
    ];
  }),
];

const dropouts = (): readonly Case[] => [
  ...[0, 0.2, 0.5, 0.9].map((rate) =>
    chain(
      `dropout of ${rate}`,
      [6],
      [piece("dense", { units: 21 }), piece("relu"), piece("dropout", { rate })],
    ),
  ),
  chain("dropout of an input", [13], [piece("dropout", { rate: 0.3 }), piece("dense", { units: 3 })]),
  ...IMAGES.map((shape) =>
    chain(`dropout of ${shape.join("×")}`, shape, [
      conv(5),
      piece("dropout", { rate: 0.4 }),
      conv(3),
      piece("relu"),
      piece("flatten"),
      piece("dropout", { rate: 0.2 }),
    ]),
  ),
];

const SEQUENCES: readonly Shape[] = [
  [7, 3],
  [12, 8],
  [9, 17],
];

/** Convolutions along sequences of every size, stride and padding, with what is fused with them and what isn't. */
const lines = (): readonly Case[] =>
  SEQUENCES.flatMap((shape, index) =>
    [1, 2, 3, 5].flatMap((kernel) =>
      [1, 2].flatMap((stride) =>
        ["same", "valid"].flatMap((padding) => {
          const filters = [3, 8, 17][(index + kernel) % 3] ?? 3;
          const heard = piece("conv1d", { filters, kernel, stride, padding });
          const before = piece("conv1d", { filters: 5, kernel: 3, stride: 1, padding: "same" });
          const name = `${kernel} steps stride ${stride} ${padding} along ${shape.join("×")} to ${filters}`;
          return [
            chain(name, shape, [heard, piece("flatten")]),
            chain(`${name}, behind another`, shape, [
              piece("standardise"),
              before,
              piece("relu"),
              heard,
              piece("relu"),
              piece("max-pool1d", { size: 2 }),
              piece("global-avg-pool"),
            ]),
          ];
        }),
      ),
    ),
  );

const sequences = (): readonly Case[] => [
  ...SEQUENCES.flatMap((shape) => [
    chain(`pool by 3 of ${shape.join("×")}`, shape, [
      piece("embedding", { units: 6 }),
      piece("max-pool1d", { size: 3 }),
      piece("layer-norm"),
      piece("flatten"),
    ]),
    chain(`embedding of ${shape.join("×")}`, shape, [
      piece("embedding", { units: 11 }),
      piece("embedding", { units: 4 }),
      piece("relu"),
      piece("global-avg-pool"),
    ]),
  ]),
  chain(
    "frames of a row",
    [23],
    [
      piece("dense", { units: 22 }),
      piece("frames", { size: 5 }),
      piece("conv1d", { filters: 6, kernel: 3, stride: 1, padding: "same" }),
      piece("softmax"),
      piece("dropout", { rate: 0.3 }),
      piece("flatten"),
    ],
  ),
  chain(
    "frames of an input",
    [12],
    [
      piece("frames", { size: 4 }),
      piece("standardise"),
      piece("fold-steps"),
      piece("dense", { units: 5 }),
      piece("unfold-steps", { steps: 3 }),
      piece("conv1d", { filters: 6, kernel: 2, stride: 1, padding: "valid" }),
      piece("flatten"),
    ],
  ),
];

/** Memories: whole sequences and last states, behind inputs and behind what learns. */
const memories = (): readonly Case[] =>
  ["gru", "lstm"].flatMap((kind) =>
    SEQUENCES.flatMap((shape) =>
      [1, 5, 16].flatMap((units) => {
        const name = `${kind} of ${units} along ${shape.join("×")}`;
        const memory = piece(kind, { units });
        return [
          chain(`the last state of a ${name}`, shape, [memory, piece("last-step")]),
          chain(`all states of a ${name}`, shape, [memory, piece("flatten")]),
          chain(`${name}, behind another`, shape, [
            piece("conv1d", { filters: 5, kernel: 3, stride: 1, padding: "same" }),
            piece(kind, { units: 3 }),
            memory,
            piece("relu"),
            piece("last-step"),
          ]),
        ];
      }),
    ),
  );

/** Attention with heads of whole and of padded panels, and whole blocks of transformers. */
const attentions = (): readonly Case[] => [
  ...SEQUENCES.flatMap((shape) =>
    [
      { size: 6, heads: 1 },
      { size: 16, heads: 2 },
      { size: 12, heads: 4 },
      { size: 5, heads: 5 },
      { size: 20, heads: 1 },
      { size: 32, heads: 2 },
    ].flatMap(({ size, heads }) =>
      [false, true].map((causal) =>
        chain(`${heads} ${causal ? "causal heads" : "heads"} of ${size} along ${shape.join("×")}`, shape, [
          piece("embedding", { units: size }),
          piece("position"),
          piece("attention", { heads, causal }),
          piece("relu"),
          piece("flatten"),
        ]),
      ),
    ),
  ),
  chain("heads that look at an input", [7, 6], [piece("attention", { heads: 3 }), piece("global-avg-pool")]),
  chain("positions of an input", [7, 3], [piece("position"), piece("flatten")]),
  chain(
    "attention within elements",
    [3, 4, 6],
    [
      piece("fold-steps"),
      piece("attention", { heads: 2 }),
      piece("global-avg-pool"),
      piece("unfold-steps", { steps: 3 }),
      piece("flatten"),
    ],
  ),
  ...[8, 12].map((size) => transformer(size)),
];

/** Two blocks with ways past both of their halves. */
function transformer(size: number): Case {
  const step = (id: string, from: string, filters: number) =>
    layer(id, "conv1d", from, { filters, kernel: 1, stride: 1, padding: "valid" });
  const block = (k: number, from: string) => [
    layer(`n${k}`, "layer-norm", from),
    layer(`a${k}`, "attention", `n${k}`, { heads: 4 }),
    layer(`m${k}`, "sum", [from, `a${k}`]),
    step(`w${k}`, `m${k}`, 4 * size),
    layer(`r${k}`, "relu", `w${k}`),
    step(`s${k}`, `r${k}`, size),
    layer(`b${k}`, "sum", [`m${k}`, `s${k}`]),
  ];
  const layers = [
    step("lead", "x", size),
    layer("placed", "position", "lead"),
    ...block(1, "placed"),
    ...block(2, "b1"),
    layer("means", "global-avg-pool", "b2"),
    layer("end", "dense", "means", { units: 4 }),
  ];
  const network = { inputs: { x: [9, 5] }, layers, outputs: { y: "end" } };
  return {
    name: `a transformer of ${size}`,
    spec: stepOf(network, [lossOn("y", { width: 4 })]),
    labelled: "all",
    rows: BATCH,
  };
}

/** A filter for each channel: of every size, stride and padding, in front and behind others, and in separable blocks. */
const depthwise = (): readonly Case[] =>
  IMAGES.flatMap((shape) => {
    const flat = piece("flatten");
    const block = (filters: number) => [
      piece("depthwise-conv2d", { kernel: 3, stride: 1, padding: "same" }),
      piece("conv2d", { filters, kernel: 1, stride: 1, padding: "same" }),
      piece("relu"),
      piece("max-pool2d", { size: 2 }),
    ];
    return [
      ...[1, 2, 3, 5].flatMap((kernel) =>
        [1, 2].flatMap((stride) => {
          const padding = (kernel + stride + (shape[2] ?? 0)) % 2 === 0 ? "same" : "valid";
          const name = `${kernel}×${kernel} stride ${stride} ${padding} on each channel of ${shape.join("×")}`;
          const deep = piece("depthwise-conv2d", { kernel, stride, padding });
          return [
            chain(name, shape, [deep, flat]),
            chain(`${name}, between others`, shape, [conv(5), piece("relu"), deep, piece("relu"), flat]),
          ];
        }),
      ),
      chain(`separable blocks on ${shape.join("×")}`, shape, [...block(9), ...block(16), flat]),
    ];
  });

describeParity(
  "a program of a layer kind",
  alsoAlone([
    ...depthwise(),
    ...averages(),
    ...norms(),
    ...batchNorms(),
    ...dropouts(),
    ...lines(),
    ...sequences(),
    ...memories(),
    ...attentions(),
  ]),
);

describeParity("a program of a short batch", [
  {
    ...chain("dropout", [6], [piece("dense", { units: 9 }), piece("dropout", { rate: 0.5 })]),
    rows: BATCH - 2,
  },
  {
    ...chain("batch norm", [6], [piece("dense", { units: 9 }), piece("batch-norm"), piece("relu")]),
    rows: BATCH - 2,
  },
]);

const evened = chain("batch norm", [6], [piece("dense", { units: 9 }), piece("batch-norm"), piece("relu")]);

describeParity("a program with a frozen batch norm", [
  {
    ...evened,
    name: "that keeps its statistics, behind what learns",
    spec: { ...evened.spec, optimiser: { ...evened.spec.optimiser, layerRates: { l1: 0 } } },
  },
]);

const framed = chain(
  "dropout",
  [6],
  [piece("dense", { units: 9 }), piece("layer-norm"), piece("dropout", { rate: 0.5 })],
).spec;

describeParity("a program with a frozen dropout", [
  {
    name: "that leaves nothing out",
    spec: { ...framed, optimiser: { ...framed.optimiser, layerRates: { l2: 0 } } },
    labelled: "all",
    rows: BATCH,
  },
]);

describe("dropout", () => {
  it.each(["program", "eager"] as const)("goes on after a stop with the same bits: %s", async (form) => {
    const engine = await createEngine({ backend: testedBackend, form });
    const init = initialState(framed.network, seed(4), (id) => id);
    const rows = someRows(10 * BATCH);
    const stepperFrom = async (state: StepperState) => {
      const stepper = await engine.stepper({ ...framed, optimiser: adam }, state);
      stepper.bind(arraysFor(framed));
      return stepper;
    };
    const whole = await stepperFrom(init);
    await whole.run(rows);
    const first = await stepperFrom(init);
    await first.run(rows.subarray(0, 4 * BATCH));
    const second = await stepperFrom(await first.read());
    await second.run(rows.subarray(4 * BATCH));
    expect(await second.read()).toEqual(await whole.read());
  });

  it("leaves out other values in every step, about as many as its rate says", async () => {
    const words = new Uint32Array(10_000);
    const kept = [1, 2].map((step) => {
      fillWords(words, { key: drawKeys(framed.network, seed(1), (id) => id)["l2"]!, step });
      return words.map((word) => (word >= dropoutThreshold(0.3) ? 1 : 0));
    });
    const share = (mask: Uint32Array): number => mask.reduce((sum, one) => sum + one, 0) / mask.length;
    expect(Math.abs(share(kept[0]!) - 0.7)).toBeLessThan(0.02);
    expect(Math.abs(share(kept[0]!.map((one, at) => one & kept[1]![at]!)) - 0.49)).toBeLessThan(0.02);
  });
});
