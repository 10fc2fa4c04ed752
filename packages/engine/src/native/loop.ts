import {
  type Attributes,
  type Constant,
  counted,
  FLOAT,
  flagged,
  type GraphBuilder,
  INT32,
  typed,
  worded,
} from "./graph";
import { after } from "./variables";

/** A value that goes round a loop. */
interface Carried {
  readonly start: string;
  readonly dtype: number;
}

/** How a loop begins. */
export interface LoopStart {
  readonly passes: string;
  readonly before: readonly string[];
  readonly carried: readonly Carried[];
}

/** Inside a loop. */
export interface LoopBody {
  /** Number of this pass, from 0. */
  readonly pass: string;
  /** Values as the pass before left them, in order. */
  readonly values: readonly string[];
  /** A value from outside, the same in every pass. */
  outside(value: string, dtype: number): string;
  constant(constant: Constant): string;
}

const FRAME = "steps";

/** What a pass leaves. */
export interface PassEnd {
  /** For the next pass, in order. */
  readonly values: readonly string[];
  /** Ops that must have run before the next pass begins. */
  readonly ops: readonly string[];
}

/**
 * A loop in the graph, of TensorFlow's older kind that sessions run without calling a function per pass.
 * @param passes how many, a whole number in the graph
 * @param before ops that must have run before the first pass
 * @returns the values after the last pass, and an op that comes after it
 * @see Yu et al., Dynamic Control Flow in Large-Scale Machine Learning (2018), section 4
 */
export function addLoop(
  graph: GraphBuilder,
  { passes, before, carried }: LoopStart,
  body: (inside: LoopBody) => PassEnd,
): { readonly values: readonly string[]; readonly end: string } {
  const enter = (value: string, dtype: number, isConstant: boolean): string =>
    graph.add("Enter", [value], {
      T: typed(dtype),
      frame_name: worded(FRAME),
      is_constant: flagged(isConstant),
      parallel_iterations: counted(1),
    });
  const entered = new Map<string, string>();
  const outside = (value: string, dtype: number): string => {
    const known = entered.get(value) ?? enter(value, dtype, true);
    entered.set(value, known);
    return known;
  };
  const constant = (one: Constant): string => outside(graph.constant(one), one.dtype);
  const first = graph.add("Identity", [graph.constant(whole(0)), ...before.map(after)], {
    T: typed(INT32),
  });
  const all: readonly Carried[] = [{ start: first, dtype: INT32 }, ...carried];
  const nextName = (at: number): string => `next/${at}`;
  const merged = all.map(({ start, dtype }, at) =>
    graph.add("Merge", [enter(start, dtype, false), nextName(at)], { T: typed(dtype), N: counted(2) }),
  );
  const isMore = graph.add("Less", [merged[0] ?? "", outside(passes, INT32)], { T: typed(INT32) });
  const condition = graph.add("LoopCond", [isMore]);
  const switched = all.map(({ dtype }, at) =>
    graph.add("Switch", [merged[at] ?? "", condition], { T: typed(dtype) }),
  );
  const [pass = "", ...values] = all.map(({ dtype }, at) =>
    graph.add("Identity", [`${switched[at]}:1`], { T: typed(dtype) }),
  );
  const made = body({ pass, values, outside, constant });
  const following = graph.add("AddV2", [pass, constant(whole(1)), ...made.ops.map(after)], {
    T: typed(INT32),
  });
  const next = [following, ...made.values];
  for (const [at, { dtype }] of all.entries()) {
    const attributes: Attributes = { T: typed(dtype) };
    graph.addAs(nextName(at), { op: "NextIteration", inputs: [next[at] ?? ""], attributes });
  }
  const [end = "", ...ended] = all.map(({ dtype }, at) =>
    graph.add("Exit", [switched[at] ?? ""], { T: typed(dtype) }),
  );
  return { values: ended, end };
}

/** A whole number as a constant. */
export const whole = (value: number): Constant => ({ dtype: INT32, shape: [], values: [value] });

/** A float as a constant. */
export const real = (value: number): Constant => ({ dtype: FLOAT, shape: [], values: [value] });

/** Whole numbers in a row as a constant. */
export const wholes = (values: readonly number[]): Constant => ({
  dtype: INT32,
  shape: [values.length],
  values,
});
