import type { Tensor } from "@seams/core/train";
import type { Machine } from "../machine";
import type { Attribute, Constant } from "./graph";
import { type NativeBackend, nativeBackend, type OpAttribute } from "./tfjs-node";

/** Where a value comes from: fed, written in the graph, or made by a node. */
export type Source =
  | { readonly from: "input"; readonly name: string }
  | { readonly from: "constant"; readonly index: number }
  | { readonly from: "node"; readonly index: number; readonly output: number };

/** What is known of a value. */
export interface Facts {
  readonly dtype: number;
  readonly shape: readonly number[];
}

/** A TensorFlow op that was run. */
export interface RecordedNode {
  readonly op: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly inputs: readonly Source[];
  readonly outputs: readonly Facts[];
}

/** Everything that TensorFlow was asked for, in order. */
export interface Recording {
  readonly inputs: ReadonlyMap<string, Facts>;
  readonly constants: readonly Constant[];
  readonly nodes: readonly RecordedNode[];
  readonly outputs: Readonly<Record<string, Source>>;
}

/** Why some work can't become a program: what would be frozen in it without a word. */
export class Refusal extends Error {}

type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Runs some work once and records what tfjs-node asks TensorFlow for.
 * @param inputs what the program will be fed; everything else that the work uses becomes constants
 * @param work tells of its outputs, and of inputs that it makes itself, while they are there
 * @throws Refusal where a value is read back to JavaScript while the work computes: what comes of it would be constant
 */
export function record(
  machine: Machine,
  inputs: Tensors,
  work: (listener: RecordListener) => void,
): Recording {
  machine.use();
  const backend = nativeBackend(machine.tf);
  const recorder = createRecorder(backend, inputs);
  const restore = listen(backend, recorder);
  try {
    machine.tf.tidy("record", () => {
      work(recorder);
    });
  } finally {
    restore();
  }
  return recorder.recording;
}

/** What recorded work tells of itself. */
export interface RecordListener {
  /** An output. */
  readonly keep: (name: string, output: Tensor) => void;
  /** A tensor that will be fed. */
  readonly feed: (name: string, input: Tensor) => void;
}

interface Recorder extends RecordListener {
  readonly recording: Recording;
  sourcesOf(tensors: readonly Tensor[]): readonly Source[];
  note(
    op: string,
    attributes: readonly OpAttribute[],
    call: { inputs: readonly Source[]; outputs: readonly Tensor[] },
  ): void;
  /** @throws Refusal when the program would compute this value */
  look(id: Tensor["dataId"]): void;
}

function createRecorder(backend: NativeBackend, fed: Tensors): Recorder {
  // Tensors that share their data are one value: a clone, an identity.
  const sources = new WeakMap<object, Source>();
  const factsOf = (tensor: Tensor): Facts => {
    const { dtype } = backend.tensorMap.get(tensor.dataId);
    return { dtype, shape: [...tensor.shape] };
  };
  const inputs = new Map<string, Facts>();
  const feed = (name: string, tensor: Tensor): void => {
    inputs.set(name, factsOf(tensor));
    sources.set(tensor.dataId, { from: "input", name });
  };
  for (const [name, tensor] of Object.entries(fed)) feed(name, tensor);
  const constants: Constant[] = [];
  const nodes: RecordedNode[] = [];
  const outputs: Record<string, Source> = {};
  const read = backend.readSync.bind(backend);
  const sourceOf = (tensor: Tensor): Source => {
    const known = sources.get(tensor.dataId);
    if (known !== undefined) return known;
    const source: Source = { from: "constant", index: constants.length };
    // A copy: what stands there is freed with the tensor.
    const { dtype, shape } = backend.tensorMap.get(tensor.dataId);
    constants.push({ dtype, shape: [...shape], values: Float64Array.from(read(tensor.dataId)) });
    sources.set(tensor.dataId, source);
    return source;
  };
  return {
    recording: { inputs, constants, nodes, outputs },
    keep: (name, output) => {
      outputs[name] = sourceOf(output);
    },
    feed,
    sourcesOf: (tensors) => tensors.map(sourceOf),
    note(op, attributes, { inputs: from, outputs: made }) {
      // What is made of constants alone is one: it is read where it is used.
      if (from.every((source) => source.from === "constant")) return;
      for (const [output, tensor] of made.entries())
        sources.set(tensor.dataId, { from: "node", index: nodes.length, output });
      nodes.push({
        op,
        attributes: attributesOf(backend, attributes),
        inputs: from,
        outputs: made.map(factsOf),
      });
    },
    look(id) {
      const source = sources.get(id);
      if (source === undefined || source.from === "constant") return;
      const what = source.from === "node" ? `what ${nodes[source.index]?.op ?? "an op"} gives` : source.name;
      throw new Refusal(`it reads ${what} back to JavaScript`);
    },
  };
}

/** Puts the recorder between tfjs-node's kernels and TensorFlow; gives what takes it away again. */
function listen(backend: NativeBackend, recorder: Recorder): () => void {
  const { executeSingleOutput, executeMultipleOutputs, readSync } = backend;
  const own: Pick<NativeBackend, "executeSingleOutput" | "executeMultipleOutputs" | "readSync"> = {
    executeSingleOutput(op, attributes, inputs) {
      const from = recorder.sourcesOf(inputs);
      const output = executeSingleOutput.call(backend, op, attributes, inputs);
      recorder.note(op, attributes, { inputs: from, outputs: [output] });
      return output;
    },
    executeMultipleOutputs(op, attributes, inputs, count) {
      const from = recorder.sourcesOf(inputs);
      const outputs = executeMultipleOutputs.call(backend, op, attributes, inputs, count);
      recorder.note(op, attributes, { inputs: from, outputs });
      return outputs;
    },
    readSync(id) {
      recorder.look(id);
      return readSync.call(backend, id);
    },
  };
  Object.assign(backend, own);
  return () => {
    for (const name of Object.keys(own)) Reflect.deleteProperty(backend, name); // the class' own ones show again
  };
}

function attributesOf(
  { binding }: NativeBackend,
  attributes: readonly OpAttribute[],
): Readonly<Record<string, Attribute>> {
  const read: Readonly<Record<number, (value: unknown) => Attribute>> = {
    [binding.TF_ATTR_STRING]: (value) => ({ is: "text", value: String(value) }),
    [binding.TF_ATTR_INT]: (value) => ({ is: "integer", value: numbers(value) }),
    [binding.TF_ATTR_FLOAT]: (value) => ({ is: "float", value: numbers(value) }),
    [binding.TF_ATTR_BOOL]: (value) => ({ is: "flag", value: value === true }),
    [binding.TF_ATTR_TYPE]: (value) => ({ is: "type", value: Number(value) }),
    [binding.TF_ATTR_SHAPE]: (value) => ({ is: "shape", value: [numbers(value)].flat() }),
  };
  return Object.fromEntries(
    attributes.map(({ name, type, value }) => {
      const attribute = read[type]?.(value);
      if (attribute === undefined)
        throw new Error(`native: the attribute ${name} is of no known type ${type}.`);
      return [name, attribute];
    }),
  );
}

const numbers = (value: unknown): number | readonly number[] =>
  Array.isArray(value) ? value.map(Number) : Number(value);

/**
 * What is recorded.
 * @param inputs what the program will be fed
 */
export type Work = (inputs: Tensors, listener: RecordListener) => void;

/**
 * The recording of some work that is the same whatever it is fed.
 * @param feeds two sets of inputs of equal shapes
 * @throws Refusal where the two runs differ: the work draws random numbers, or takes another path for other data
 */
export function recordAlike(machine: Machine, feeds: readonly [Tensors, Tensors], work: Work): Recording {
  const [first, second] = feeds.map((inputs) =>
    record(machine, inputs, (listener) => work(inputs, listener)),
  );
  if (first === undefined || second === undefined) throw new Error("native: there are two feeds.");
  if (JSON.stringify([first.nodes, first.outputs]) !== JSON.stringify([second.nodes, second.outputs]))
    throw new Refusal("it takes another path from one run to the next");
  const isEqual = first.constants.every(({ values }, at) =>
    sameValues(values, second.constants[at]?.values ?? []),
  );
  if (!isEqual)
    throw new Refusal("it uses numbers that differ from one run to the next, such as random ones");
  return first;
}

const sameValues = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (value, at) => Object.is(value, b[at]));
