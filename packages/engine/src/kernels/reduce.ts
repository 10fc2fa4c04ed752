import { heap, input, type Kernel, release, reshaped, sizeOf, type StockKernels } from "./kernel";
import { addressOf, type SimdKernels } from "./simd";

/** Below this many values the stock kernels are as fast. */
const WORTHWHILE = 4096;

/**
 * Sum over all but the last axis: a bias' gradient. The stock kernel transposes first, which takes most of the time.
 * Added up in double precision. Other sums are stock.
 */
export function sumOfRows(stock: StockKernels, simd: SimdKernels): Kernel {
  return (call) => {
    const x = input(call, "x");
    const axes = [call.attrs["axis"] ?? []].flat().map(Number);
    const leading = x.shape.length - 1;
    const isLeading = leading > 0 && axes.length === leading && axes.every((axis, index) => axis === index);
    if (!isLeading || x.dtype !== "float32" || call.attrs["keepDims"] === true) return stock("Sum")(call);
    const columns = x.shape[leading] ?? 1;
    const out = call.backend.makeOutput([columns], "float32");
    if (columns % 4 === 0) {
      const rows = sizeOf(x.shape) / columns;
      simd.columnSums(addressOf(call.backend, x), addressOf(call.backend, out), rows, columns);
    } else heap(call.backend, out).set(addRows(heap(call.backend, x), columns));
    return out;
  };
}

function addRows(values: Float32Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let start = 0; start < values.length; start += columns) {
    for (let column = 0; column < columns; column++) {
      sums[column] = (sums[column] ?? 0) + (values[start + column] ?? 0);
    }
  }
  return sums;
}

/**
 * Adding a short bias to many rows: the stock kernel is slow when the inner axis is short, so several rows are added
 * at once to as many copies of the bias. The same additions, so the same bits.
 */
export function addByRows(stock: StockKernels): Kernel {
  return (call) => {
    const a = input(call, "a");
    const b = input(call, "b");
    const columns = b.shape[0] ?? 1;
    const size = sizeOf(a.shape);
    const isBias = b.shape.length === 1 && a.shape.length > 1 && a.shape.at(-1) === columns;
    const isFloat = a.dtype === "float32" && b.dtype === "float32";
    const copies = isBias && isFloat && size >= WORTHWHILE ? copiesOf(columns, size / columns) : 1;
    if (copies === 1) return stock("Add")(call);
    const tiled = call.backend.makeOutput([copies * columns], "float32");
    const from = heap(call.backend, b);
    const to = heap(call.backend, tiled);
    for (let copy = 0; copy < copies; copy++) to.set(from, copy * columns);
    const wide = reshaped(a, [size / (copies * columns), copies * columns]);
    const out = stock("Add")({ ...call, inputs: { a: wide, b: tiled } });
    release(call.backend, tiled);
    return reshaped(out, a.shape);
  };
}

/** The largest divisor of `rows` that keeps a row of copies within 1,024 values. */
function copiesOf(columns: number, rows: number): number {
  for (let copies = Math.floor(1024 / columns); copies > 1; copies--) if (rows % copies === 0) return copies;
  return 1;
}
