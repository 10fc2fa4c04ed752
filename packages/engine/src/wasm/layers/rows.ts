import { at, type Build, times, type Value } from "../build";
import { type Layout, upTo } from "../layout";
import type { PlacedWeight, WeightLayout } from "../lowering";
import type { Operand, Place } from "../tape";
import { columnIn, columnLayout } from "./columns";

/** Places as rows of a matrix: in equal distances from the first record's to the last's, in panels of 8, zeros behind. */
export interface Rows {
  readonly perRecord: number;
  /** Floats from a row to the next. */
  readonly stride: number;
  /** Floats of a row, a multiple of 8. */
  readonly width: number;
}

function rowsIn(layout: Layout): Rows | undefined {
  const column = columnIn(layout);
  if (column === undefined || column.first !== 0) return undefined;
  const { places: perRecord, place: stride, channels } = column;
  const width = upTo(8, channels);
  return layout.stride === perRecord * stride && stride >= width ? { perRecord, stride, width } : undefined;
}

/** Rows that are there. @throws Error when the layout was not made to have them */
export function rowsOf(layout: Layout): Rows {
  const rows = rowsIn(layout);
  if (rows === undefined) throw new Error("programs: places that are no rows.");
  return rows;
}

/** The value with its places as rows: a copy where they lie otherwise. */
export const asRows = (build: Build, value: Value): Value =>
  rowsIn(value.layout) === undefined ? build.relaid(value, columnLayout(value.layout.shape)) : value;

/** Panels of 8 columns, [units / 8][width][8], of a matrix [inputs, units]. */
export function panelLayout(inputs: number, units: number): WeightLayout {
  const width = upTo(8, inputs);
  const from = new Int32Array(upTo(8, units) * width).fill(-1);
  for (let row = 0; row < inputs; row++) {
    for (let unit = 0; unit < units; unit++) {
      from[((unit >> 3) * width + row) * 8 + (unit & 7)] = row * units + unit;
    }
  }
  return { from };
}

interface Ends {
  readonly x: Value;
  readonly y: Value;
}

/** y = x · kernel + bias, row by row. `bias` 0: none. */
export function emitProduct(
  build: Build,
  { x, y }: Ends,
  { kernel, bias }: { readonly kernel: Operand; readonly bias: Operand },
): void {
  const [from, to] = [rowsOf(x.layout), rowsOf(y.layout)];
  build.tape.call("product", {
    rows: times(y.rows * to.perRecord),
    inner: from.width,
    panels: to.width / 8,
    a: at(x),
    aStride: 4 * from.stride,
    w: kernel,
    bias,
    c: at(y),
    cStride: 4 * to.stride,
    relu: 0,
    mask: 0,
    maskStride: 0,
    add: 0,
  });
}

/** dx = dy · kernelᵀ, row by row. */
export function emitInputGradient(build: Build, { x, y }: Ends, kernel: Operand): void {
  const [from, to] = [rowsOf(x.layout), rowsOf(y.layout)];
  const transposed = { buffer: build.tape.passing(from.width * to.width), offset: 0 };
  build.tape.call("transpose", { from: kernel, to: transposed, rows: from.width, columns: to.width });
  const { place, add } = build.gradientInto(x);
  build.tape.call("product", {
    rows: times(y.rows * to.perRecord),
    inner: to.width,
    panels: from.width / 8,
    a: build.gradient(y),
    aStride: 4 * to.stride,
    w: transposed,
    bias: 0,
    c: place,
    cStride: 4 * from.stride,
    relu: 0,
    mask: 0,
    maskStride: 0,
    add,
  });
}

/** The steps of a kernel, dW = xᵀ · dy, and of a bias, column sums of dy, where there is one. */
export function emitWeightStep(
  build: Build,
  { x, y }: Ends,
  { kernel, bias }: { readonly kernel: PlacedWeight; readonly bias: PlacedWeight | undefined },
): void {
  const [from, to] = [rowsOf(x.layout), rowsOf(y.layout)];
  const passing = (floats: number): Place => ({ buffer: build.tape.passing(floats), offset: 0 });
  const dKernel = passing(kernel.floats);
  const dBias = bias === undefined ? undefined : passing(bias.floats);
  build.tape.call("productGradient", {
    groups: 1,
    rows: times(y.rows * to.perRecord),
    inner: from.width,
    panels: to.width / 8,
    x: at(x),
    xGroup: 0,
    xRow: 4 * from.stride,
    dy: build.gradient(y),
    dyGroup: 0,
    dyRow: 4 * to.stride,
    dKernel,
    dBias: dBias ?? 0,
  });
  build.update(kernel, dKernel);
  if (bias !== undefined && dBias !== undefined) build.update(bias, dBias);
}
