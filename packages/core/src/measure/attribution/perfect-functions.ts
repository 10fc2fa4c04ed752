import { precedenceShapley, type StageGame } from "./precedence";

/** What two perfect stages give together beyond what each gives alone. */
export interface Interaction {
  readonly a: string;
  readonly b: string;
  /** v(ab) − v(a) − v(b) + v(∅): above 0 they need each other, below 0 either repairs the same rows. */
  readonly gain: number;
}

/** Gains where every stage has a perfect function, so that any set of stages may be made perfect. */
export interface PerfectFunctionGame {
  /** Shapley's value, one a stage. */
  readonly gains: readonly number[];
  readonly interactions: readonly Interaction[];
}

/**
 * The game of perfect functions: v(S) with the stages in S replaced by functions that are right on whatever they are
 * given (an algorithm, a simulator), not by the label. Any set can be replaced, so gains are Shapley's over all orders.
 *
 * @see Shapley, "A value for n-person games", 1953
 * @param stages at most 12: 4,096 sets
 */
export function perfectFunctionGame(stages: readonly string[], value: StageGame): PerfectFunctionGame {
  const interactions = stages.flatMap((a, first) =>
    stages.slice(first + 1).map((b) => ({
      a,
      b,
      gain: value([a, b]) - value([a]) - value([b]) + value([]),
    })),
  );
  return { gains: precedenceShapley(stages, {}, value), interactions };
}
