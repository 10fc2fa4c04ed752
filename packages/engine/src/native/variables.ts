import { type Constant, FLOAT, flagged, type GraphBuilder, shaped, typed, worded } from "./graph";

/** TensorFlow's type of what a variable is reached by. */
export const RESOURCE = 20;

/**
 * A place for values that ops change; gives the handle by which they reach it.
 * @param name of its own in the session: those that share one are one variable
 */
export const addVariable = (graph: GraphBuilder, name: string, shape: readonly number[]): string =>
  graph.add("VarHandleOp", [], {
    dtype: typed(FLOAT),
    shape: shaped(shape),
    container: worded(""),
    shared_name: worded(name),
  });

/** Gives a variable its values. @returns the op, for those that have to come after it */
export const assign = (graph: GraphBuilder, handle: string, value: string): string =>
  graph.add("AssignVariableOp", [handle, value], { dtype: typed(FLOAT) });

/** A variable's values once these ops have run. */
export const readAfter = (graph: GraphBuilder, handle: string, ops: readonly string[]): string =>
  graph.add("ReadVariableOp", [handle, ...ops.map(after)], { dtype: typed(FLOAT) });

/** An input without a value: the op has to wait. */
export const after = (op: string): string => `^${op}`;

/** A weight with Adam's slots, each in a variable, and what its step is made with. */
export interface AdamCall {
  readonly value: string;
  readonly first: string;
  readonly second: string;
  readonly gradient: string;
  /** Rate with both corrections of the moments' beginning. */
  readonly rate: string;
  readonly guard: string;
  /** Decay rates, rounded to single precision: their complements are then exact. */
  readonly decay: readonly [string, string];
  /** Ops that must have run: those that read the weight. */
  readonly ops: readonly string[];
}

/**
 * m ← m + (g − m)(1 − β₁), v ← v + (g² − v)(1 − β₂), w ← w − αm / (√v + ε) in one op, which goes through memory once.
 * @returns the op
 */
export function applyAdam(
  graph: GraphBuilder,
  constant: (constant: Constant) => string,
  { value, first, second, gradient, rate, guard, decay, ops }: AdamCall,
): string {
  // It would work out the corrections itself, in single precision; powers of 0 leave them to us.
  const corrected = constant({ dtype: FLOAT, shape: [], values: [0] });
  return graph.add(
    "ResourceApplyAdam",
    [value, first, second, corrected, corrected, rate, ...decay, guard, gradient, ...ops.map(after)],
    { T: typed(FLOAT), use_locking: flagged(false), use_nesterov: flagged(false) },
  );
}
