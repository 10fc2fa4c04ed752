import { encode, type Message } from "./protobuf";

/** TensorFlow's data types that programs have. */
export const FLOAT = 1;
export const INT32 = 3;
export const BOOL = 10;

/** An attribute of a node: what it is, and its value or values. */
export type Attribute =
  | { readonly is: "type"; readonly value: number }
  | { readonly is: "integer"; readonly value: number | readonly number[] }
  | { readonly is: "float"; readonly value: number | readonly number[] }
  | { readonly is: "flag"; readonly value: boolean }
  | { readonly is: "text"; readonly value: string }
  /** A side of −1 is not known. */
  | { readonly is: "shape"; readonly value: readonly number[] }
  | { readonly is: "constant"; readonly value: Constant };

/** Values that stand in the graph. */
export interface Constant {
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

export type Attributes = Readonly<Record<string, Attribute>>;

export const typed = (value: number): Attribute => ({ is: "type", value });
export const counted = (value: number | readonly number[]): Attribute => ({ is: "integer", value });
export const flagged = (value: boolean): Attribute => ({ is: "flag", value });
export const worded = (value: string): Attribute => ({ is: "text", value });
export const shaped = (value: readonly number[]): Attribute => ({ is: "shape", value });

/** A TensorFlow graph while it is made. Values are named `node` (its first output), or `node:index`. */
export interface GraphBuilder {
  /** Adds a node; gives its name. */
  add(op: string, inputs: readonly string[], attributes?: Attributes): string;
  /** Adds one whose name is needed before it is there. */
  addAs(name: string, node: { op: string; inputs: readonly string[]; attributes: Attributes }): string;
  constant(constant: Constant): string;
  /** Values to be fed. */
  placeholder(dtype: number, shape: readonly number[]): string;
  /** The bytes of a `saved_model.pb` with this graph. */
  savedModel(): Uint8Array;
}

/** What a loader asks for, and the first release whose graphs ours are like. */
export const TAG = "seams";
const PRODUCER = 987;

interface Node {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

/** Larger constants are not looked for among those that are there. */
const SHARED_VALUES = 64;

export function createGraph(): GraphBuilder {
  const nodes: Node[] = [];
  const constants = new Map<string, string>();
  const builder: GraphBuilder = {
    // A name may not begin with an underscore, an op's may.
    add: (op, inputs, attributes = {}) =>
      builder.addAs(`${op.replace(/^_/, "")}_${nodes.length}`, { op, inputs, attributes }),
    addAs(name, node) {
      nodes.push({ name, ...node });
      return name;
    },
    constant(constant) {
      const { dtype, shape, values } = constant;
      const key = `${dtype} ${shape.join()} ${Array.from({ length: Math.min(values.length, SHARED_VALUES) }, (_, k) => written(values[k] ?? 0)).join()}`;
      const known = values.length <= SHARED_VALUES ? constants.get(key) : undefined;
      if (known !== undefined) return known;
      const attributes: Attributes = { dtype: typed(dtype), value: { is: "constant", value: constant } };
      const name = builder.add("Const", [], attributes);
      if (values.length <= SHARED_VALUES) constants.set(key, name);
      return name;
    },
    placeholder: (dtype, shape) =>
      builder.add("Placeholder", [], { dtype: typed(dtype), shape: shaped(shape) }),
    savedModel: () => encode((model) => writeModel(model, nodes)),
  };
  return builder;
}

/** Tells −0 from 0. */
const written = (value: number): string => (Object.is(value, -0) ? "-0" : String(value));

/** @see tensorflow/core/protobuf/saved_model.proto, meta_graph.proto and framework/graph.proto for the numbers of fields */
function writeModel(model: Message, nodes: readonly Node[]): void {
  model.integer(1, 1);
  model.message(2, (meta) => {
    meta.message(1, (info) => info.text(4, TAG));
    meta.message(2, (graph) => {
      for (const node of nodes) graph.message(1, (message) => writeNode(message, node));
      graph.message(4, (versions) => versions.integer(1, PRODUCER));
    });
  });
}

function writeNode(message: Message, { name, op, inputs, attributes }: Node): void {
  message.text(1, name).text(2, op);
  for (const input of inputs) message.text(3, input);
  for (const [key, attribute] of Object.entries(attributes)) {
    message.message(5, (entry) => entry.text(1, key).message(2, (value) => writeAttribute(value, attribute)));
  }
}

function writeAttribute(message: Message, attribute: Attribute): void {
  switch (attribute.is) {
    case "text":
      message.text(2, attribute.value);
      break;
    case "integer":
      writeNumbers(attribute.value, (value) => message.integer(3, value), {
        list: (values) => message.message(1, (list) => values.forEach((value) => list.integer(3, value))),
      });
      break;
    case "float":
      writeNumbers(attribute.value, (value) => message.float(4, value), {
        list: (values) => message.message(1, (list) => values.forEach((value) => list.float(4, value))),
      });
      break;
    case "flag":
      message.integer(5, attribute.value ? 1 : 0);
      break;
    case "type":
      message.integer(6, attribute.value);
      break;
    case "shape":
      message.message(7, (shape) => writeShape(shape, attribute.value));
      break;
    case "constant":
      message.message(8, (tensor) => writeTensor(tensor, attribute.value));
      break;
  }
}

function writeNumbers(
  value: number | readonly number[],
  one: (value: number) => void,
  { list }: { readonly list: (values: readonly number[]) => void },
): void {
  if (typeof value === "number") one(value);
  else list(value);
}

function writeShape(message: Message, shape: readonly number[]): void {
  for (const side of shape) message.message(2, (dimension) => dimension.integer(1, side));
}

function writeTensor(message: Message, { dtype, shape, values }: Constant): void {
  message.integer(1, dtype).message(2, (inner) => writeShape(inner, shape));
  const first = values[0];
  if (first !== undefined && Array.prototype.every.call(values, (value) => Object.is(value, first))) {
    // One value stands for as many as the shape has.
    if (dtype === FLOAT) message.float(5, first);
    else message.integer(dtype === INT32 ? 7 : 11, first);
  } else message.bytes(4, contentOf(dtype, values));
}

function contentOf(dtype: number, values: ArrayLike<number>): Uint8Array {
  if (dtype === BOOL) return Uint8Array.from(values);
  const array = dtype === FLOAT ? Float32Array.from(values) : Int32Array.from(values);
  return new Uint8Array(array.buffer);
}
