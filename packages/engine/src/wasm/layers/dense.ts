import type { Value } from "../build";
import { at, type Build, times } from "../build";
import { rowLayout, upTo } from "../layout";
import type { Emission, Lowering, WeightLayout } from "../lowering";
import type { Place } from "../tape";
import { only, readerOfKind } from "./sources";

/** y = x · W + b as a product in panels, with a ReLU behind it where there is one. */
export const dense: Lowering = {
  fuses: ({ layer }, next) => {
    const relu = readerOfKind(next(layer.id), "relu");
    return relu === undefined ? [] : [relu];
  },
  layout: ({ group }) => rowLayout(group.shape[0] ?? 0),
  weights: ({ shape: [units = 0] }, source) => ({
    kernel: kernelLayout(source.places, source.span, units),
    bias: biasLayout(units),
  }),
  emit: (emission) => {
    const { build, group, weight } = emission;
    const x = only(emission.sources);
    const isRectified = group.fused.length > 0;
    const y = build.value({ ...group, isFilled: true, isRectified });
    const panels = upTo(8, y.layout.places.length) / 8;
    build.tape.call("product", {
      rows: times(y.rows),
      inner: x.layout.span,
      panels,
      a: at(x),
      aStride: 4 * x.layout.stride,
      w: weight("kernel").address,
      bias: weight("bias").address,
      c: at(y),
      cStride: 4 * y.layout.stride,
      relu: isRectified ? 1 : 0,
      ...UNMASKED,
      add: 0,
    });
    if (build.learns(y)) build.backward(() => emitBackward(emission, { x, y, panels }));
    return y;
  },
};

const UNMASKED = { mask: 0, maskStride: 0 };

interface Ends {
  readonly x: Value;
  readonly y: Value;
  readonly panels: number;
}

/** dx = dz · Wᵀ, then the step of W and b: dx is made with the weights before it. */
function emitBackward({ build, group, weight }: Emission, { x, y, panels }: Ends): void {
  const dz = maskedGradient(build, y);
  const kernel = weight("kernel");
  if (build.learns(x)) emitInputGradient(build, { x, y, panels, dz, kernel: kernel.address });
  if (!group.isTrained) return;
  const bias = weight("bias");
  const xStride = 4 * x.layout.stride;
  const dzStride = 4 * y.layout.stride;
  const product = { rows: times(y.rows), inner: x.layout.span, panels, x: at(x) };
  if (build.clipNorm !== undefined) {
    const dKernel = { buffer: build.tape.passing(kernel.floats), offset: 0 };
    const dBias = { buffer: build.tape.passing(bias.floats), offset: 0 };
    build.tape.call("productGradient", {
      ...product,
      groups: 1,
      xGroup: 0,
      xRow: xStride,
      dy: dz,
      dyGroup: 0,
      dyRow: dzStride,
      dKernel,
      dBias,
    });
    build.update(kernel, dKernel);
    build.update(bias, dBias);
    return;
  }
  build.tape.call("denseStep", {
    ...product,
    xStride,
    dz,
    dzStride,
    kernel: kernel.address,
    kernelFirst: kernel.first,
    kernelSecond: kernel.second,
    bias: bias.address,
    biasFirst: bias.first,
    biasSecond: bias.second,
    scratch: { buffer: build.tape.passing(8 * x.layout.span), offset: 0 },
    pace: kernel.pace,
  });
}

function emitInputGradient(
  build: Build,
  { x, y, panels, dz, kernel }: Ends & { readonly dz: Place; readonly kernel: number },
): void {
  const inner = x.layout.span;
  const transposed = { buffer: build.tape.passing(inner * panels * 8), offset: 0 };
  build.tape.call("transpose", { from: kernel, to: transposed, rows: inner, columns: panels * 8 });
  const isMasked = x.storage.isRectified;
  const { place, add } = build.gradientInto(x, isMasked);
  build.tape.call("product", {
    rows: times(y.rows),
    inner: panels * 8,
    panels: inner / 8,
    a: dz,
    aStride: 4 * y.layout.stride,
    w: transposed,
    bias: 0,
    c: place,
    cStride: 4 * x.layout.stride,
    relu: 0,
    ...(isMasked ? { mask: at(x), maskStride: 4 * x.layout.stride } : UNMASKED),
    add,
  });
}

/** The gradient by what goes into a ReLU: readers that could took it out themselves where the ReLU let nothing through. */
function maskedGradient(build: Build, y: Value): Place {
  const gradient = build.gradient(y);
  if (!y.storage.isUnmasked) return gradient;
  const { stride, span } = y.layout;
  build.tape.call("passGradient", {
    records: times(y.rows),
    height: 1,
    width: 1,
    channels: span,
    from: gradient,
    above: at(y),
    record: 4 * stride,
    row: 0,
    pixel: 0,
    to: gradient,
    toRecord: 4 * stride,
    toRow: 0,
    toPixel: 0,
    add: 0,
  });
  return gradient;
}

/** Panels of 8 columns, [units / 8][span][8]: a row for every float of the input's record. */
export function kernelLayout(places: Int32Array, span: number, units: number): WeightLayout {
  const from = new Int32Array(upTo(8, units) * span).fill(-1);
  for (const [row, place] of places.entries()) {
    for (let unit = 0; unit < units; unit++) {
      from[((unit >> 3) * span + place) * 8 + (unit & 7)] = row * units + unit;
    }
  }
  return { from };
}

/** A value for every column of the panels. */
export const biasLayout = (units: number): WeightLayout => ({
  from: Int32Array.from({ length: upTo(8, units) }, (_, unit) => (unit < units ? unit : -1)),
});
