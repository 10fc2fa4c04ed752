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

/** A value that goes round a loop. */
interface Carried {
  readonly start: string;
  readonly dtype: number;
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

/**
 * A loop in the graph, of TensorFlow's older kind that sessions run without calling a function per pass.
 * @param passes how many, a whole number in the graph
 * @param body gives the values for the next pass, in order
 * @returns the values after the last pass
 * @see Yu et al., Dynamic Control Flow in Large-Scale Machine Learning (2018), section 4
 */
export function addLoop(
  graph: GraphBuilder,
  { passes, carried }: { readonly passes: string; readonly carried: readonly Carried[] },
  body: (inside: LoopBody) => readonly string[],
): readonly string[] {
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
  const all: readonly Carried[] = [{ start: graph.constant(whole(0)), dtype: INT32 }, ...carried];
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
  const next = [
    graph.add("AddV2", [pass, constant(whole(1))], { T: typed(INT32) }),
    ...body({ pass, values, outside, constant }),
  ];
  for (const [at, { dtype }] of all.entries()) {
    const attributes: Attributes = { T: typed(dtype) };
    graph.addAs(nextName(at), { op: "NextIteration", inputs: [next[at] ?? ""], attributes });
  }
  return all.map(({ dtype }, at) => graph.add("Exit", [switched[at] ?? ""], { T: typed(dtype) })).slice(1);
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
