import type { Tensor, Tf } from "@seams/core/train";
import type { NamedAttrMap, Tensor4D } from "@tensorflow/tfjs-core";
import type { Case, CaseInput } from "./machines";
import { shapeCases } from "./shape-cases";

/** Every tfjs op that training may use, by odd and ordinary shapes. An op that is not here may not be used. */
export function allCases(): readonly Case[] {
  return [
    ...matMulCases(),
    ...fusedMatMulCases(),
    ...convCases(),
    ...depthwiseCases(),
    ...poolCases(),
    ...elementwiseCases(),
    ...broadcastCases(),
    ...reductionCases(),
    ...shapeCases(),
    ...selectionCases(),
    ...rareCases(),
  ];
}

function matMulCases(): Case[] {
  const sizes = [
    [1, 1, 1],
    [3, 5, 7],
    [1, 17, 9],
    [33, 64, 10],
    [32, 49, 4],
    [5, 130, 31],
  ] as const;
  const flags = [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const;
  const outers = [[], [1], [3], [2, 2]];
  return sizes.flatMap(([m, k, n]) =>
    outers.flatMap((outer) =>
      flags.map(
        ([ta, tb]) =>
          ({
            name: `matMul ${[...outer, m, k, n].join("×")}${ta ? " aᵀ" : ""}${tb ? " bᵀ" : ""}`,
            inputs: [
              { shape: [...outer, ...(ta ? [k, m] : [m, k])] },
              { shape: [...outer, ...(tb ? [n, k] : [k, n])] },
            ],
            run: (tf: Tf, [a, b]) => tf.matMul(a!, b!, ta, tb),
          }) satisfies Case,
      ),
    ),
  );
}

function fusedMatMulCases(): Case[] {
  const flags = [
    [false, false],
    [true, false],
    [false, true],
  ] as const;
  const activations = ["linear", "relu"] as const;
  return [20, 64].flatMap((k) =>
    flags.flatMap(([transposeA, transposeB]) =>
      activations.map(
        (activation) =>
          ({
            name: `fused.matMul inner ${k} ${transposeA ? "aᵀ " : ""}${transposeB ? "bᵀ " : ""}${activation}`,
            inputs: [
              { shape: transposeA ? [k, 6] : [6, k] },
              { shape: transposeB ? [5, k] : [k, 5] },
              { shape: [5] },
            ],
            run: (tf: Tf, [a, b, bias]) =>
              tf.fused.matMul({ a: a!, b: b!, bias: bias!, transposeA, transposeB, activation }),
          }) satisfies Case,
      ),
    ),
  );
}

function convCases(): Case[] {
  const shapes = [
    { x: [1, 5, 5, 1], f: [3, 3, 1, 2] },
    { x: [2, 7, 6, 3], f: [3, 3, 3, 5] },
    { x: [3, 8, 8, 2], f: [1, 1, 2, 4] },
    { x: [2, 9, 11, 1], f: [5, 3, 1, 8] },
    { x: [1, 10, 7, 4], f: [2, 4, 4, 3] },
    { x: [4, 14, 14, 8], f: [3, 3, 8, 16] },
    { x: [2, 6, 13, 16], f: [3, 3, 16, 4] },
  ];
  const pads = ["same", "valid"] as const;
  return shapes.flatMap(({ x, f }) =>
    [1, 2, 3].flatMap((stride) =>
      pads.map(
        (pad) =>
          ({
            name: `conv2d ${x.join("×")} by ${f.join("×")} stride ${stride} ${pad}`,
            inputs: [{ shape: x }, { shape: f }],
            run: (tf: Tf, [image, filter]) => tf.conv2d(image as Tensor4D, filter as Tensor4D, stride, pad),
          }) satisfies Case,
      ),
    ),
  );
}

function depthwiseCases(): Case[] {
  const shapes = [
    { x: [1, 5, 5, 1], f: [3, 3, 1, 1] },
    { x: [2, 7, 6, 3], f: [3, 3, 3, 1] },
    { x: [2, 9, 11, 8], f: [5, 5, 8, 1] },
  ];
  const pads = ["same", "valid"] as const;
  return shapes.flatMap(({ x, f }) =>
    [1, 2].flatMap((stride) =>
      pads.map(
        (pad) =>
          ({
            name: `depthwiseConv2d ${x.join("×")} by ${f.join("×")} stride ${stride} ${pad}`,
            inputs: [{ shape: x }, { shape: f }],
            run: (tf: Tf, [image, filter]) =>
              tf.depthwiseConv2d(image as Tensor4D, filter as Tensor4D, stride, pad),
          }) satisfies Case,
      ),
    ),
  );
}

function poolCases(): Case[] {
  const shapes = [
    [1, 4, 4, 1],
    [2, 7, 5, 3],
    [3, 28, 14, 8],
    [1, 9, 9, 2],
  ];
  const values = ["signed", "negative"] as const;
  const windows = [
    [2, 2],
    [3, 2],
    [2, 1],
    [3, 3],
  ] as const;
  return shapes.flatMap((shape) =>
    windows.flatMap(([size, stride]) =>
      (["same", "valid"] as const).flatMap((pad) => [
        // tfjs divides the gradient of a padded window by its whole size: layers don't pad what they average.
        ...(pad === "same"
          ? []
          : [
              {
                name: `avgPool ${shape.join("×")} window ${size} stride ${stride}`,
                inputs: [{ shape }],
                run: (tf: Tf, [x]) => tf.avgPool(x as Tensor4D, size, stride, pad),
              } satisfies Case,
            ]),
        ...values.map(
          (kind) =>
            ({
              name: `maxPool ${shape.join("×")} window ${size} stride ${stride} ${pad} ${kind}`,
              inputs: [{ shape, values: kind }],
              run: (tf: Tf, [x]) => tf.maxPool(x as Tensor4D, size, stride, pad),
            }) satisfies Case,
        ),
      ]),
    ),
  );
}

function elementwiseCases(): Case[] {
  const ops: Record<string, Case["run"]> = {
    relu: (tf, [x]) => tf.relu(x!),
    sigmoid: (tf, [x]) => tf.sigmoid(x!),
    tanh: (tf, [x]) => tf.tanh(x!),
    softplus: (tf, [x]) => tf.softplus(x!),
    softmax: (tf, [x]) => tf.softmax(x!),
    logSoftmax: (tf, [x]) => tf.logSoftmax(x!),
    exp: (tf, [x]) => tf.exp(x!),
    neg: (tf, [x]) => tf.neg(x!),
    abs: (tf, [x]) => tf.abs(x!),
    square: (tf, [x]) => tf.square(x!),
    clipByValue: (tf, [x]) => tf.clipByValue(x!, -0.4, 0.6),
  };
  const positive: Record<string, Case["run"]> = {
    log: (tf, [x]) => tf.log(x!),
    sqrt: (tf, [x]) => tf.sqrt(x!),
    reciprocal: (tf, [x]) => tf.div(1, x!),
  };
  const shapes = [[1], [7, 3], [2, 5, 33]];
  const rows = (table: typeof ops, values: "signed" | "positive"): Case[] =>
    Object.entries(table).flatMap(([name, run]) =>
      shapes.map((shape) => ({ name: `${name} ${shape.join("×")}`, inputs: [{ shape, values }], run })),
    );
  return [
    ...rows(ops, "signed"),
    ...rows(positive, "positive"),
    { name: "step 5×9", inputs: [{ shape: [5, 9] }], run: (tf, [x]) => tf.step(x!), differentiable: false },
  ];
}

function broadcastCases(): Case[] {
  const ops: Record<string, Case["run"]> = {
    add: (tf, [a, b]) => tf.add(a!, b!),
    sub: (tf, [a, b]) => tf.sub(a!, b!),
    mul: (tf, [a, b]) => tf.mul(a!, b!),
    div: (tf, [a, b]) => tf.div(a!, b!),
  };
  const shapes: readonly (readonly [number[], number[]])[] = [
    [[6], [6]],
    [[5, 7], [7]],
    [
      [5, 7],
      [5, 1],
    ],
    [[64, 80], [80]],
    [[2, 28, 28, 8], [8]],
    [[3, 37, 37, 5], [5]],
    [[3, 4], []],
  ];
  return Object.entries(ops).flatMap(([name, run]) =>
    shapes.map(([a, b]) => ({
      name: `${name} [${a.join()}] with [${b.join()}]`,
      inputs: [{ shape: a }, { shape: b, values: "positive" }] satisfies CaseInput[],
      run,
    })),
  );
}

function reductionCases(): Case[] {
  const shapes: readonly (readonly [number[], number[]])[] = [
    [[9], [0]],
    [[6, 5], [0]],
    [[6, 5], [1]],
    [
      [6, 5],
      [0, 1],
    ],
    [[128, 40], [0]],
    [
      [4, 30, 30, 3],
      [0, 1, 2],
    ],
    [[3, 4, 5], [1]],
    [
      [3, 4, 5],
      [0, 2],
    ],
  ];
  return shapes.flatMap(([shape, axes]) => {
    const title = `[${shape.join()}] over ${axes.join()}`;
    const inputs: CaseInput[] = [{ shape, values: "positive" }];
    return [
      { name: `sum ${title}`, inputs, run: (tf: Tf, [x]) => tf.sum(x!, axes) },
      { name: `mean ${title}`, inputs, run: (tf: Tf, [x]) => tf.mean(x!, axes) },
      { name: `max ${title}`, inputs, run: (tf: Tf, [x]) => tf.max(x!, axes), differentiable: false },
    ] satisfies Case[];
  });
}

function selectionCases(): Case[] {
  return [
    {
      name: "where 4×5",
      inputs: [{ shape: [4, 5] }, { shape: [4, 5] }, { shape: [4, 5] }],
      run: (tf, [c, a, b]) => tf.where(tf.greater(c!.clone(), 0), a!, b!),
      differentiable: false,
    },
    {
      name: "gradient of where 4×5",
      inputs: [{ shape: [4, 5] }, { shape: [4, 5] }],
      run: (tf, [a, b]) => tf.where(tf.greater(tf.tensor(halves(20), [4, 5]), 0), a!, b!),
    },
    {
      name: "oneHot 7 of 4",
      inputs: [{ shape: [7], values: { below: 4 } }],
      run: (tf, [x]) => tf.oneHot(x as never, 4),
      differentiable: false,
    },
    {
      name: "oneHot 3×2 of 10",
      inputs: [{ shape: [3, 2], values: { below: 10 } }],
      run: (tf, [x]) => tf.oneHot(x as never, 10),
      differentiable: false,
    },
    {
      name: "cast to int32",
      inputs: [{ shape: [7] }],
      run: (tf, [x]) => tf.cast(tf.mul(x!, 5), "int32"),
      differentiable: false,
    },
    {
      name: "maximum with 1",
      inputs: [{ shape: [7] }],
      run: (tf, [x]) => tf.maximum(tf.mul(x!, 3), 1),
      differentiable: false,
    },
    {
      name: "greaterEqual, lessEqual, logicalAnd, logicalNot",
      inputs: [{ shape: [7] }],
      run: (tf, [x]) => tf.logicalNot(tf.logicalAnd(tf.greaterEqual(x!, -0.5), tf.lessEqual(x!, 0.5))),
      differentiable: false,
    },
    { name: "sign", inputs: [{ shape: [9] }], run: (tf, [x]) => tf.sign(x!), differentiable: false },
  ];
}

/** Corrected kernels called by name: as no layer uses them, or not in this form. */
function rareCases(): Case[] {
  const depthwise = {
    strides: [1, 1],
    pad: "same",
    dilations: [1, 1],
    filterShape: [3, 3, 3, 2],
    inputShape: [2, 6, 7, 3],
  };
  const kernels: readonly { name: string; inputs: Record<string, CaseInput>; attrs: NamedAttrMap }[] = [
    {
      name: "DepthwiseConv2dNativeBackpropFilter",
      inputs: { x: { shape: [2, 6, 7, 3] }, dy: { shape: [2, 6, 7, 6] } },
      attrs: depthwise,
    },
    {
      name: "DepthwiseConv2dNativeBackpropInput",
      inputs: { dy: { shape: [2, 6, 7, 6] }, filter: { shape: [3, 3, 3, 2] } },
      attrs: depthwise,
    },
    {
      name: "UnsortedSegmentSum",
      inputs: { x: { shape: [9, 4] }, segmentIds: { shape: [9], values: { below: 6 } } },
      attrs: { numSegments: 6 },
    },
    {
      // One record: cpu's is wrong from the second on, native's is not. No layer kind trains through it.
      name: "ResizeNearestNeighborGrad",
      inputs: { images: { shape: [1, 4, 5, 2] }, dy: { shape: [1, 8, 10, 2] } },
      attrs: { alignCorners: false },
    },
    {
      name: "Conv3DBackpropInputV2",
      inputs: { dy: { shape: [2, 3, 4, 3, 3] }, filter: { shape: [2, 2, 2, 2, 3] } },
      attrs: { strides: [1, 1, 1], pad: "valid", inputShape: [2, 4, 5, 4, 2] },
    },
  ];
  return kernels.map(({ name, inputs, attrs }) => ({
    name,
    inputs: Object.values(inputs),
    differentiable: false,
    run: (tf, tensors) => {
      const named = Object.fromEntries(Object.keys(inputs).map((key, index) => [key, tensors[index]!]));
      return tf.engine().runKernel<Tensor>(name, named, attrs);
    },
  }));
}

const halves = (size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, index) => (index % 3) - 0.5);
