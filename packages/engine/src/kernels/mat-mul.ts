import type { TensorInfo } from "@tensorflow/tfjs-core";
import {
  heap,
  input,
  type Kernel,
  type KernelCall,
  release,
  reshaped,
  sizeOf,
  type StockKernels,
} from "./kernel";

/**
 * Matrix product. The stock kernel is right everywhere but runs transposed or batched products at a twentieth of its
 * speed; here operands are transposed first, batches are done one by one, and each product is a plain one.
 */
export function matMul(stock: StockKernels): Kernel {
  return (call) => {
    const a = operand(call, "a");
    const b = operand(call, "b");
    if (isPlain(a) && isPlain(b)) return stock("BatchMatMul")(call);
    const outer = a.batches >= b.batches ? a.outer : b.outer;
    const rows = a.transposed ? a.columns : a.rows;
    const columns = b.transposed ? b.rows : b.columns;
    const shape = [...outer, rows, columns];
    if (a.batches === 1 && b.batches === 1) return reshaped(product(stock, call, [a, b]), shape);
    return eachBatch(stock, call, { a, b, shape });
  };
}

/**
 * Matrix product with bias and activation. The stock kernel sums wrongly when transposed or batched with a bias and
 * more than 48 inner values; those cases are taken apart.
 */
export function fusedMatMul(stock: StockKernels): Kernel {
  const product = matMul(stock);
  return (call) => {
    if (isPlain(operand(call, "a")) && isPlain(operand(call, "b"))) return stock("_FusedMatMul")(call);
    let out = product(call);
    const { bias } = call.inputs;
    if (bias !== undefined) out = replace(call, out, stock("Add")({ ...call, inputs: { a: out, b: bias } }));
    const activation = String(call.attrs["activation"] ?? "linear");
    if (activation === "linear") return out;
    const kernel = activations[activation];
    if (kernel === undefined)
      throw new Error(`kernels: no ${activation} after a transposed or batched product.`);
    return replace(call, out, stock(kernel)({ ...call, inputs: { x: out } }));
  };
}

const activations: Readonly<Record<string, string>> = { relu: "Relu", relu6: "Relu6", sigmoid: "Sigmoid" };

interface Operand {
  readonly info: TensorInfo;
  readonly outer: readonly number[];
  readonly batches: number;
  readonly rows: number;
  readonly columns: number;
  readonly transposed: boolean;
}

function operand(call: KernelCall, name: "a" | "b"): Operand {
  const info = input(call, name);
  const outer = info.shape.slice(0, -2);
  const [rows = 1, columns = 1] = info.shape.slice(-2);
  const transposed = call.attrs[name === "a" ? "transposeA" : "transposeB"] === true;
  return { info, outer, batches: sizeOf(outer), rows, columns, transposed };
}

const isPlain = (side: Operand): boolean => !side.transposed && side.batches === 1;

/** One product of two single matrices, each transposed first where asked: [rows, columns]. */
function product(stock: StockKernels, call: KernelCall, [a, b]: readonly [Operand, Operand]): TensorInfo {
  const left = upright(stock, call, a);
  const right = upright(stock, call, b);
  const attrs = { transposeA: false, transposeB: false };
  const out = stock("BatchMatMul")({ ...call, inputs: { a: left, b: right }, attrs });
  if (a.transposed) release(call.backend, left);
  if (b.transposed) release(call.backend, right);
  return out;
}

function upright(stock: StockKernels, call: KernelCall, side: Operand): TensorInfo {
  const x = reshaped(side.info, [side.rows, side.columns]);
  return side.transposed ? stock("Transpose")({ ...call, inputs: { x }, attrs: { perm: [1, 0] } }) : x;
}

function eachBatch(
  stock: StockKernels,
  call: KernelCall,
  { a, b, shape }: { a: Operand; b: Operand; shape: number[] },
): TensorInfo {
  const batches = Math.max(a.batches, b.batches);
  if ([a, b].some((side) => side.batches !== 1 && side.batches !== batches)) {
    throw new Error(`kernels: products of ${a.batches} with ${b.batches} matrices are not written.`);
  }
  const out = call.backend.makeOutput(shape, "float32");
  const size = sizeOf(shape) / batches;
  for (let batch = 0; batch < batches; batch++) {
    const left = matrixAt(call, a, batch);
    const right = matrixAt(call, b, batch);
    const one = product(stock, call, [left, right]);
    heap(call.backend, out).set(heap(call.backend, one).subarray(0, size), batch * size);
    release(call.backend, left.info, right.info, one);
  }
  return out;
}

/** A copy of one matrix of a batch: stock kernels only take whole tensors. */
function matrixAt(call: KernelCall, side: Operand, batch: number): Operand {
  const info = call.backend.makeOutput([side.rows, side.columns], "float32");
  const size = side.rows * side.columns;
  const start = side.batches === 1 ? 0 : batch * size;
  heap(call.backend, info).set(heap(call.backend, side.info).subarray(start, start + size));
  return { ...side, info, outer: [], batches: 1 };
}

function replace(call: KernelCall, old: TensorInfo, next: TensorInfo): TensorInfo {
  release(call.backend, old);
  return next;
}
