import type { Machine } from "../machine";
import { type Attributes, counted, createGraph, FLOAT, flagged, typed, worded } from "./graph";
import type { Facts, RecordedNode, Recording, Source } from "./record";
import { openSession } from "./session";

// oneDNN's pools keep which value of a window won, for the backward pass. TensorFlow puts them in the place of its own
// pools, but never in that of their gradients, which search every window once more, one value at a time: nearly half of
// a convolutional net's step. Under these names a graph can ask for both; builds without oneDNN don't know them.
const POOL = "_MklNativeMaxPool";
const GRADIENT = "_MklNativeMaxPoolGrad";
const WITH_WINNERS: Attributes = { workspace_enabled: flagged(true), _kernel: worded("MklNameChangeOp") };
/** Which of a pool's outputs its winners are: bytes, of oneDNN's own number and order. */
const WINNERS = 1;
const WINNERS_FACTS: Facts = { dtype: 4, shape: [-1] };

/** The recording with max pools that keep their winners, wherever a gradient needs them. */
export function withWinners(recording: Recording): Recording {
  const { nodes } = recording;
  const pooled = new Set<number>();
  const gradients = nodes.map((node) => {
    const pool = poolOf(node, nodes);
    if (pool === undefined) return node;
    pooled.add(pool.index);
    const attributes = { ...node.attributes, ...WITH_WINNERS };
    return { ...node, op: GRADIENT, attributes, inputs: [...node.inputs, { ...pool, output: WINNERS }] };
  });
  if (pooled.size === 0) return recording;
  const replaced = gradients.map((node, index) => (pooled.has(index) ? keepingWinners(node) : node));
  return { ...recording, nodes: replaced };
}

const keepingWinners = (node: RecordedNode): RecordedNode => ({
  op: POOL,
  attributes: { ...node.attributes, ...WITH_WINNERS },
  inputs: node.inputs,
  outputs: [...node.outputs, WINNERS_FACTS],
});

/** The pool whose gradient a node is; undefined where it is none, or the pool wasn't recorded with it. */
function poolOf(
  { op, inputs: [, output] }: RecordedNode,
  nodes: readonly RecordedNode[],
): Extract<Source, { readonly from: "node" }> | undefined {
  if (op !== "MaxPoolGrad" || output?.from !== "node") return undefined;
  return nodes[output.index]?.op === "MaxPool" ? output : undefined;
}

const answers = new WeakMap<object, boolean>();

/** Whether this TensorFlow has pools that keep their winners: found out once, by pooling one window. */
export function canKeepWinners(machine: Machine): boolean {
  const backend = machine.tf.backend();
  const answer = answers.get(backend) ?? poolsOneWindow(machine);
  answers.set(backend, answer);
  return answer;
}

function poolsOneWindow(machine: Machine): boolean {
  const graph = createGraph();
  const window = graph.constant({ dtype: FLOAT, shape: [1, 2, 2, 1], values: [1, 2, 4, 3] });
  const gradient = graph.constant({ dtype: FLOAT, shape: [1, 1, 1, 1], values: [5] });
  const sides = counted([1, 2, 2, 1]);
  const attributes: Attributes = {
    ...{ T: typed(FLOAT), ksize: sides, strides: sides, padding: worded("VALID") },
    ...{ data_format: worded("NHWC"), ...WITH_WINNERS },
  };
  const pool = graph.add(POOL, [window], attributes);
  const back = graph.add(GRADIENT, [window, pool, gradient, `${pool}:${WINNERS}`], attributes);
  try {
    const session = openSession(machine, graph.savedModel());
    const [found] = session.run(new Map(), [back]);
    const values = found?.dataSync().join();
    found?.dispose();
    session.dispose();
    return values === "0,0,5,0";
  } catch {
    return false; // it doesn't know their names
  }
}
