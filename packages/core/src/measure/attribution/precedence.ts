/** For each stage the stages whose output it uses, directly or not; stages without an entry use none. */
export type Upstream = Readonly<Record<string, readonly string[]>>;

/** v(S): the final score with the outputs of the stages in S replaced by the truth, the rest unchanged, on the same rows. */
export type StageGame = (replaced: readonly string[]) => number;

/** More sets than that would be more oracle runs than anyone waits for. Six parallel stages have 64, six pairs 729. */
const MOST_SETS = 4096;

/** A set of stages with everything upstream of them, as bits in the order of the stages. */
interface DownSets {
  /** By rising size; the first is empty, the last is everything. */
  readonly sets: readonly number[];
  readonly upstream: readonly number[];
}

function downSets(stages: readonly string[], upstream: Upstream, most = MOST_SETS): DownSets {
  const above = closed(stages, upstream);
  let layer = new Set([0]);
  const sets: number[] = [];
  while (layer.size > 0) {
    sets.push(...layer);
    if (sets.length > most) {
      throw new RangeError(`Attribution over more than ${most} sets of stages: too many stages in parallel.`);
    }
    const next = new Set<number>();
    for (const set of layer) {
      above.forEach((needed, stage) => {
        if ((set & (1 << stage)) === 0 && (needed & ~set) === 0) next.add(set | (1 << stage));
      });
    }
    layer = next;
  }
  return { sets, upstream: above };
}

/** Everything upstream of each stage, as bits. */
function closed(stages: readonly string[], upstream: Upstream): readonly number[] {
  if (stages.length > 30) throw new RangeError(`Attribution over ${stages.length} stages; at most 30.`);
  const place = new Map(stages.map((stage, index) => [stage, index]));
  const above = stages.map((stage) =>
    (upstream[stage] ?? []).reduce((bits, other) => {
      const index = place.get(other);
      return index === undefined ? bits : bits | (1 << index);
    }, 0),
  );
  for (let round = 0; round < stages.length; round++) {
    above.forEach((bits, stage) => {
      above[stage] = above.reduce((sum, others, k) => ((bits & (1 << k)) === 0 ? sum : sum | others), bits);
    });
  }
  if (above.some((bits, stage) => (bits & (1 << stage)) !== 0)) {
    throw new Error("attribution: a stage is upstream of itself");
  }
  return above;
}

const namesOf = (set: number, stages: readonly string[]): readonly string[] =>
  stages.filter((_, stage) => (set & (1 << stage)) !== 0);

/**
 * The sets whose oracle runs an attribution needs: those that hold everything upstream of what they hold.
 * @throws RangeError when there are more than 4,096
 */
export function oracleSets(stages: readonly string[], upstream: Upstream): readonly (readonly string[])[] {
  return downSets(stages, upstream).sets.map((set) => namesOf(set, stages));
}

/** How many sets an attribution needs; only whether it is above `most` is told beyond that. */
export function countSets(stages: readonly string[], upstream: Upstream, most: number): number {
  try {
    return downSets(stages, upstream, most).sets.length;
  } catch (error) {
    if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/**
 * What each stage's errors cost the final score: Δᵢ = the mean, over all orders in which upstream stages come first, of
 * v(before ∪ {i}) − v(before). On a chain there is one order: the waterfall v({1..k}) − v({1..k−1}). The gains sum to
 * v(all) − v(∅) exactly; a negative one means that what follows had learned to undo this stage's errors.
 *
 * Computed over sets instead of orders: (orders up to S) × (orders from S ∪ {i} on) ÷ (all orders) weighs S.
 *
 * @see Faigle & Kern, "The Shapley value for cooperative games under precedence constraints", Int. J. Game Theory 21, 1992
 * @throws RangeError when there are more than 4,096 sets
 */
export function precedenceShapley(
  stages: readonly string[],
  upstream: Upstream,
  value: StageGame,
): readonly number[] {
  const { sets, upstream: above } = downSets(stages, upstream);
  const worth = new Map(sets.map((set) => [set, value(namesOf(set, stages))]));
  const steps = (set: number): readonly number[] =>
    above.flatMap((needed, stage) => ((set & (1 << stage)) === 0 && (needed & ~set) === 0 ? [stage] : []));
  const ordersTo = new Map([[0, 1]]);
  for (const set of sets) {
    for (const stage of steps(set)) {
      const next = set | (1 << stage);
      ordersTo.set(next, (ordersTo.get(next) ?? 0) + (ordersTo.get(set) ?? 0));
    }
  }
  const ordersFrom = new Map<number, number>();
  for (const set of sets.toReversed()) {
    const after = steps(set).reduce((sum, stage) => sum + (ordersFrom.get(set | (1 << stage)) ?? 0), 0);
    ordersFrom.set(set, after === 0 ? 1 : after);
  }
  const all = ordersFrom.get(0) ?? 1;
  const gains = stages.map(() => 0);
  for (const set of sets) {
    for (const stage of steps(set)) {
      const next = set | (1 << stage);
      const share = ((ordersTo.get(set) ?? 0) * (ordersFrom.get(next) ?? 0)) / all;
      gains[stage] = (gains[stage] ?? 0) + share * ((worth.get(next) ?? 0) - (worth.get(set) ?? 0));
    }
  }
  return gains;
}
