import type { TrainPhase } from "../compile/plan";
import { joinColumns } from "../data/gather";
import { expertAsked } from "../diagnostics/catalog/aggregation";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { type Fit, fitOver, isTraining } from "./fits";
import { type GatheredMoments, gatherMoments } from "./gather";
import type { RowSet } from "./row-set";
import type { Session } from "./session";

/** A fit on everything that it learns from. */
export interface WholeFit {
  readonly fit: Fit;
  /** The budget's rows, and after them the gathered moments. */
  readonly rows: RowSet;
  /** What was gathered for it; absent where it learns from the budget's rows alone. */
  readonly asked?: AskedLabels;
}

/** What an expert was asked in all rounds together. */
export interface AskedLabels {
  readonly moments: number;
  /** Labels by field. A flag and a sequence's element count one each. */
  readonly labels: Readonly<Record<string, number>>;
}

/** Adds the moments that a phase's gatherings give to its rows. Every gathering of a session takes place once. */
export async function withGathered(fit: Fit, session: Session): Promise<WholeFit> {
  const { gatherings } = fit.phase;
  const { training, budget, gathered, trial } = session;
  if (gatherings === undefined) return { fit, rows: training };
  const parts: GatheredMoments[] = [];
  for (const gathering of gatherings) {
    const known = gathered.get(gathering.round) ?? gatherMoments(gathering, session);
    gathered.set(gathering.round, known);
    parts.push(await known);
  }
  const moments = parts.reduce((sum, { episodes }) => sum + episodes.length, 0);
  const rows = joinRows(training, parts, moments);
  const whole = fitOver({ id: fit.id, phase: fit.phase }, rows, {
    seed: trial.seed,
    groups: joinGroups(budget.groups, parts),
  });
  const asks = gatherings.flatMap((one) => one.asks);
  const labels = [...new Set(asks)].map((field): [string, number] => [
    field,
    parts.reduce((sum, { columns }) => sum + labelsIn(columns[field]?.present), 0),
  ]);
  return { fit: whole, rows, asked: { moments, labels: Object.fromEntries(labels) } };
}

const labelsIn = (present: Uint8Array | undefined): number =>
  (present ?? new Uint8Array()).reduce((sum, there) => sum + there, 0);

function joinRows(training: RowSet, parts: readonly GatheredMoments[], moments: number): RowSet {
  const known = new Map<string, ReturnType<RowSet["field"]>>();
  return {
    name: `${training.name}, ${parts.length} rounds of moments`,
    // Moments are no rows of the data.
    rows: Int32Array.from([...training.rows, ...new Int32Array(moments).fill(-1)]),
    field: (name) => {
      const column =
        known.get(name) ??
        joinColumns([
          training.field(name),
          ...parts.map(({ columns }) => {
            const own = columns[name];
            if (own === undefined) throw new Error(`gather: ${name} was not noted`);
            return own;
          }),
        ]);
      known.set(name, column);
      return column;
    },
  };
}

/** A practice episode's moments are a group: a validation part has all of them or none. Groups stand together. */
function joinGroups(budget: Int32Array, parts: readonly GatheredMoments[]): Int32Array {
  let free = budget.reduce((most, group) => Math.max(most, group), 0) + 1;
  const groups = [...budget];
  for (const { episodes } of parts) {
    const most = episodes.reduce((before, episode) => Math.max(before, episode), 0);
    for (const episode of episodes) groups.push(free + episode);
    free += most + 1;
  }
  return Int32Array.from(groups);
}

/** What was asked of the expert in a session: by the phases of the last round, which learn from all rounds. */
export function askedIn({ trial, fits, results }: Session): AskedLabels | undefined {
  let most: AskedLabels | undefined;
  for (const { id } of trial.plan.phases.filter((phase): phase is TrainPhase => isTraining(phase))) {
    const fit = fits.get(id)?.full;
    const asked = fit === undefined ? undefined : results.get(fit)?.artifact.asked;
    if (asked !== undefined && asked.moments >= (most?.moments ?? 0)) most = asked;
  }
  return most;
}

/** The budget's labels and the expert's. */
export function addAsked(
  labels: Readonly<Record<string, number>>,
  asked: AskedLabels | undefined,
): Readonly<Record<string, number>> {
  if (asked === undefined) return labels;
  const sums: Record<string, number> = { ...labels };
  for (const [field, count] of Object.entries(asked.labels)) sums[field] = (sums[field] ?? 0) + count;
  return sums;
}

/** Says that the expert's labels come on top of the budget. */
export function noteAsked(asked: AskedLabels | undefined, budget: number): readonly Diagnostic[] {
  if (asked === undefined) return [];
  const labels = Object.values(asked.labels).reduce((sum, count) => sum + count, 0);
  return [expertAsked({ place: { at: "graph" }, moments: asked.moments, labels, budget })];
}
