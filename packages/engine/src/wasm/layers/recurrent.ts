import type { LayerFacts } from "@seams/core";
import { at, type Build, times, type Value } from "../build";
import { upTo } from "../layout";
import type { Emission, PlacedWeight, WeightLayout } from "../lowering";
import type { Operand, Place } from "../tape";
import { rowsOf } from "./rows";

/** A recurrent layer between its ends. States of a step lie together, one record behind the other. */
export interface Recurrence {
  readonly build: Build;
  readonly x: Value;
  readonly y: Value;
  /** Whether only the last state is read: then y is a row. */
  readonly isLast: boolean;
  readonly steps: number;
  readonly gates: number;
  /** Floats of a record's state: units in panels. */
  readonly width: number;
  /** Records for which a step has room. */
  readonly room: number;
}

export function recurrenceOf(
  { build, group }: Emission,
  { x, y, gates }: { readonly x: Value; readonly y: Value; readonly gates: number },
): Recurrence {
  const [steps = 0, units = 0] = group.facts.shape;
  const room = build.rowsToHold(y.rows);
  return { build, x, y, isLast: group.fused.length > 0, steps, gates, width: upTo(8, units), room };
}

/** An array of `count` floats a record and step. */
export interface InTime {
  at(step: number): Place;
  /** Bytes from a step to the next, and from a record to the next. */
  readonly stepBytes: number;
  readonly recordBytes: number;
}

/** @param kept whether it starts with zeros and keeps what it holds */
export function inTime(
  { build, room }: Recurrence,
  size: { readonly steps: number; readonly count: number; readonly kept?: boolean },
): InTime {
  const floats = size.steps * room * size.count;
  const buffer = size.kept === true ? build.tape.kept(floats) : build.tape.passing(floats);
  return {
    at: (step) => ({ buffer, offset: step * room * size.count }),
    stepBytes: 4 * room * size.count,
    recordBytes: 4 * size.count,
  };
}

/** Where y's part of a step lies, in its values or in its gradient; undefined where only the last state is read. */
export function yAt({ y, isLast, steps }: Recurrence, step: number, place = at(y)): Place | undefined {
  if (isLast) return step === steps - 1 ? place : undefined;
  return { ...place, offset: place.offset + step * rowsOf(y.layout).stride };
}

/** c = a · w + bias, the rows of a step. */
export function emitStepProduct(
  { build, y }: Recurrence,
  call: {
    readonly a: Place;
    readonly aStride: number;
    readonly inner: number;
    readonly w: Operand;
    readonly bias: Operand;
    readonly c: Place;
    readonly cStride: number;
    readonly panels: number;
    readonly add: 0 | 1;
  },
): void {
  build.tape.call("product", { ...call, rows: times(y.rows), relu: 0, mask: 0, maskStride: 0 });
}

/** The sums of a step by the input: c = x · kernel + bias. */
export function emitSeen(
  recurrence: Recurrence,
  { step, kernel, bias, sums }: { step: number; kernel: PlacedWeight; bias: PlacedWeight; sums: Place },
): void {
  const { x, gates, width } = recurrence;
  const rows = rowsOf(x.layout);
  emitStepProduct(recurrence, {
    a: at(x, step * rows.stride),
    aStride: 4 * x.layout.stride,
    inner: rows.width,
    w: kernel.address,
    bias: bias.address,
    c: sums,
    cStride: 4 * gates * width,
    panels: (gates * width) / 8,
    add: 0,
  });
}

/** dx of all steps from the gradients by the sums. */
export function emitBackToInput(recurrence: Recurrence, kernel: PlacedWeight, dSums: InTime): void {
  const { build, x, gates, width, steps } = recurrence;
  const rows = rowsOf(x.layout);
  const transposed = emitTransposed(recurrence, kernel, rows.width);
  const { place, add } = build.gradientInto(x);
  for (let step = 0; step < steps; step++) {
    emitStepProduct(recurrence, {
      a: dSums.at(step),
      aStride: dSums.recordBytes,
      inner: gates * width,
      w: transposed,
      bias: 0,
      c: { ...place, offset: step * rows.stride },
      cStride: 4 * x.layout.stride,
      panels: rows.width / 8,
      add,
    });
  }
}

/** A kernel's panels turned, for the way back. */
export function emitTransposed(
  { build, gates, width }: Recurrence,
  kernel: PlacedWeight,
  rows: number,
): Place {
  const columns = gates * width;
  const transposed = { buffer: build.tape.passing(rows * columns), offset: 0 };
  build.tape.call("transpose", { from: kernel.address, to: transposed, rows, columns });
  return transposed;
}

/** Steps of the weights by input and by state, from all steps' gradients by their sums. */
export function emitWeightSteps(
  recurrence: Recurrence,
  {
    name,
    states,
    dSums,
  }: { readonly name: "kernel" | "recurrent"; readonly states: InTime; readonly dSums: InTime },
  weights: { readonly kernel: PlacedWeight; readonly bias: PlacedWeight | undefined },
): void {
  const { build, x, y, gates, width, steps } = recurrence;
  const rows = rowsOf(x.layout);
  const passing = (floats: number): Place => ({ buffer: build.tape.passing(floats), offset: 0 });
  const dKernel = passing(weights.kernel.floats);
  const dBias = weights.bias === undefined ? undefined : passing(weights.bias.floats);
  const source =
    name === "kernel"
      ? { inner: rows.width, x: at(x), xGroup: 4 * rows.stride, xRow: 4 * x.layout.stride }
      : { inner: width, x: states.at(0), xGroup: states.stepBytes, xRow: states.recordBytes };
  build.tape.call("productGradient", {
    ...source,
    groups: steps,
    rows: times(y.rows),
    panels: (gates * width) / 8,
    dy: dSums.at(0),
    dyGroup: dSums.stepBytes,
    dyRow: dSums.recordBytes,
    dKernel,
    dBias: dBias ?? 0,
  });
  build.update(weights.kernel, dKernel);
  if (weights.bias !== undefined && dBias !== undefined) build.update(weights.bias, dBias);
}

/** How the weights lie that every memory of steps has: by what comes in, by what it remembers, and its bias. */
export function memoryWeights({ inputs: [input], shape: [, units = 0] }: LayerFacts, gates: number) {
  return {
    kernel: gatePanels(input?.[1] ?? 0, units, gates),
    recurrent: gatePanels(units, units, gates),
    bias: gateBias(units, gates),
  };
}

/** Panels of a matrix [inputs, gates · units] whose gates each start a panel. */
export function gatePanels(inputs: number, units: number, gates: number): WeightLayout {
  const height = upTo(8, inputs);
  const width = upTo(8, units);
  const from = new Int32Array(gates * width * height).fill(-1);
  for (let row = 0; row < inputs; row++) {
    for (let gate = 0; gate < gates; gate++) {
      for (let unit = 0; unit < units; unit++) {
        const column = gate * width + unit;
        from[((column >> 3) * height + row) * 8 + (column & 7)] = (row * gates + gate) * units + unit;
      }
    }
  }
  return { from };
}

/** A bias whose gates each start a panel. */
export function gateBias(units: number, gates: number): WeightLayout {
  const width = upTo(8, units);
  const from = new Int32Array(gates * width).fill(-1);
  for (let gate = 0; gate < gates; gate++)
    for (let unit = 0; unit < units; unit++) from[gate * width + unit] = gate * units + unit;
  return { from };
}
