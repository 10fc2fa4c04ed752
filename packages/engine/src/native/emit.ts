import {
  type Attributes,
  type Constant,
  counted,
  FLOAT,
  type GraphBuilder,
  INT32,
  typed,
  worded,
} from "./graph";
import type { Facts, RecordedNode, Recording, Source } from "./record";

/** Where a recording's values lie in a graph. */
export interface Setting {
  readonly graph: GraphBuilder;
  /** The value of an input. */
  input(name: string): string;
  constant(constant: Constant): string;
}

/**
 * Adds a recording's nodes to a graph, those that its outputs need.
 * @returns the outputs' values
 */
export function emit(recording: Recording, setting: Setting): Readonly<Record<string, string>> {
  const names: string[] = [];
  const constants = new Map<number, string>();
  const nameOf = (source: Source): string => {
    if (source.from === "input") return setting.input(source.name);
    if (source.from === "node") {
      const name = names[source.index] ?? "";
      return source.output === 0 ? name : `${name}:${source.output}`;
    }
    const known = constants.get(source.index);
    if (known !== undefined) return known;
    const constant = recording.constants[source.index];
    if (constant === undefined) throw new Error(`native: there is no constant ${source.index}.`);
    const name = setting.constant(constant);
    constants.set(source.index, name);
    return name;
  };
  for (const index of neededNodes(recording)) {
    const node = recording.nodes[index];
    if (node === undefined) continue;
    const { op, inputs, attributes } = simplified(node, recording);
    const from = inputs.map(nameOf);
    // A value under another name: nothing to run.
    names[index] = op === ALIAS ? (from[0] ?? "") : setting.graph.add(op, from, attributes);
  }
  return Object.fromEntries(
    Object.entries(recording.outputs).map(([name, source]) => [name, nameOf(source)]),
  );
}

/** Nodes that an output depends on, in order. */
function neededNodes({ nodes, outputs }: Recording): readonly number[] {
  const needed = new Set<number>();
  const open = Object.values(outputs);
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    if (source.from !== "node" || needed.has(source.index)) continue;
    needed.add(source.index);
    open.push(...(nodes[source.index]?.inputs ?? []));
  }
  return [...needed].sort((a, b) => a - b);
}

interface Call {
  readonly op: string;
  readonly inputs: readonly Source[];
  readonly attributes: Attributes;
}

const ALIAS = "alias";

/** A node as a graph says it, in the words that TensorFlow's graph optimiser fuses. */
function simplified(node: RecordedNode, recording: Recording): Call {
  const facts = node.inputs.map((source) => factsOf(source, recording));
  return simplifiers[node.op]?.(node, facts, recording) ?? spelled(node, facts);
}

type Simplifier = (node: RecordedNode, inputs: readonly Facts[], recording: Recording) => Call | undefined;

/** A bias is a row that is added to every row: a convolution or product in front of it becomes one op with it. */
const addition: Simplifier = ({ inputs }, [values, bias]) => {
  const isBias =
    values !== undefined &&
    bias?.shape.length === 1 &&
    values.shape.length >= 2 &&
    values.shape.at(-1) === bias.shape[0] &&
    values.dtype === FLOAT;
  return isBias ? { op: "BiasAdd", inputs, attributes: BIAS } : undefined;
};

const simplifiers: Readonly<Record<string, Simplifier>> = {
  Add: addition,
  AddV2: addition,
  BatchMatMulV2: ({ inputs, attributes }, [a, b]) => {
    const { T, adj_x: transposeA, adj_y: transposeB } = attributes;
    if (a?.shape.length !== 2 || b?.shape.length !== 2 || !T || !transposeA || !transposeB) return undefined;
    return { op: "MatMul", inputs, attributes: { T, transpose_a: transposeA, transpose_b: transposeB } };
  },
  // The sum over all but the last side is a bias' gradient.
  Sum: ({ inputs: [values, axes], outputs: [output] }, [facts], { constants }) => {
    if (values === undefined || axes?.from !== "constant" || facts?.dtype !== FLOAT) return undefined;
    const summed = Array.from(constants[axes.index]?.values ?? []).sort();
    const isAllButLast = summed.length === facts.shape.length - 1 && summed.every((axis, at) => axis === at);
    if (!isAllButLast || facts.shape.length < 2 || output?.shape.length !== 1) return undefined;
    return { op: "BiasAddGrad", inputs: [values], attributes: BIAS };
  },
  Reshape: ({ inputs: [values], outputs: [output] }, [facts]) =>
    values !== undefined && facts?.shape.join() === output?.shape.join()
      ? { op: ALIAS, inputs: [values], attributes: {} }
      : undefined,
  Cast: ({ inputs, outputs: [output] }, [facts]) =>
    facts?.dtype === output?.dtype ? { op: ALIAS, inputs, attributes: {} } : undefined,
};

const BIAS: Attributes = { T: typed(FLOAT), data_format: worded("NHWC") };

/** Attributes that tfjs-node leaves to be inferred, and a graph must state. */
const inferred: Readonly<Record<string, (inputs: readonly Facts[]) => Attributes>> = {
  ExpandDims: ([values]) => ({ T: typed(values?.dtype ?? FLOAT), Tdim: typed(INT32) }),
  Relu6: ([values]) => ({ T: typed(values?.dtype ?? FLOAT) }),
  GatherNd: ([values, indices]) => ({
    Tparams: typed(values?.dtype ?? FLOAT),
    Tindices: typed(indices?.dtype ?? INT32),
  }),
  Pack: (inputs) => ({ N: counted(inputs.length), T: typed(inputs[0]?.dtype ?? FLOAT) }),
};

const spelled = ({ op, inputs, attributes }: RecordedNode, facts: readonly Facts[]): Call => ({
  op,
  inputs,
  attributes: { ...inferred[op]?.(facts), ...attributes },
});

function factsOf(source: Source, { inputs, constants, nodes }: Recording): Facts {
  const facts =
    source.from === "input"
      ? inputs.get(source.name)
      : source.from === "constant"
        ? constants[source.index]
        : nodes[source.index]?.outputs[source.output];
  if (facts === undefined) throw new Error("native: a recorded value comes from nowhere.");
  return facts;
}
