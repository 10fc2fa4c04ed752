import { compile, type Diagnostic, type GraphDocument, type TrainingPlan } from "@seams/core";
import { type LabPlan, type LabResult, labResult, type LabVariant, startingFrom } from "@seams/core/labs";
import type { EndedTrial } from "@seams/core/measure";
import { type GridQuestion, type GridTrial, runGrid } from "./grid";
import type { OpenedProblem } from "./problem";

/** A lab, the problems that it needs, and where it runs. */
export interface LabQuestion
  extends Pick<GridQuestion, "home" | "workers" | "signal" | "onEvent" | "onNotice" | "onWorker"> {
  readonly plan: LabPlan;
  readonly problem: OpenedProblem;
  /** The problem of its donors; absent where it has none. */
  readonly source?: OpenedProblem;
  /** δ; absent: 1 point of a share, else 1 % of the mean score. */
  readonly margin?: number;
}

/** What came of a lab. */
export interface LabOutcome {
  /** Its donors' trials, then its own. */
  readonly trials: readonly GridTrial[];
  /** Absent where nothing was measured, or the lab was cancelled before. */
  readonly result?: LabResult;
}

/**
 * Runs a lab over worker processes: first what its variants start from, then the variants, each seed from the donor of
 * the same seed. What ran before comes from the cache, as in any other grid; a cancelled lab goes on another time.
 *
 * @throws Error for a variant that doesn't compile: whoever planned the lab made it
 */
export async function runLab(question: LabQuestion): Promise<LabOutcome> {
  const { plan, problem, margin } = question;
  const donors = await runDonors(question);
  const plans = new Map(plan.variants.map((variant) => [variant.id, planOf(variant.document, problem)]));
  const starts = startsOf(donors, plan);
  const broken = plan.variants.flatMap((variant) => brokenTrials(variant, starts, plan));
  const skipped = new Set(broken.map(({ pipeline }) => pipeline));
  const trials = await runGrid({
    ...gridOf(question),
    problem,
    pipelines: plan.variants
      .filter(({ id }) => !skipped.has(id))
      .map((variant) => ({
        id: variant.id,
        plan: planBySeed(variant, { starts, problem, own: plans.get(variant.id) }),
      })),
    budgets: plan.budgets,
  });
  const all = [...trials, ...broken];
  const result = labResult({
    plan,
    schema: problem.schema,
    hash: await problem.hash(),
    trials: all.flatMap(endedTrial),
    plans,
    rows: problem.rows.train,
    margin,
  });
  return { trials: [...donors, ...all], ...(result === undefined ? {} : { result }) };
}

type Grid = Omit<GridQuestion, "problem" | "pipelines" | "budgets">;

const gridOf = ({ plan, home, workers, signal, onEvent, onNotice, onWorker }: LabQuestion): Grid => ({
  seeds: plan.seeds,
  home,
  signal,
  onEvent,
  ...(workers === undefined ? {} : { workers }),
  ...(onNotice === undefined ? {} : { onNotice }),
  ...(onWorker === undefined ? {} : { onWorker }),
});

/** Donors by their numbers of rows: each is trained at its own only. */
async function runDonors(question: LabQuestion): Promise<readonly GridTrial[]> {
  const { plan, source } = question;
  if (source === undefined) return [];
  const trials: GridTrial[] = [];
  for (const budget of new Set(plan.donors.map((donor) => donor.budget))) {
    const pipelines = plan.donors
      .filter((donor) => donor.budget === budget)
      .map(({ id, document }) => ({ id, plan: planOf(document, source) }));
    trials.push(...(await runGrid({ ...gridOf(question), problem: source, pipelines, budgets: [budget] })));
  }
  return trials;
}

function planOf(document: GraphDocument, { schema }: OpenedProblem): TrainingPlan {
  const { plan, diagnostics } = compile(document, { problem: schema });
  if (plan === undefined) throw new Error(`lab: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return plan;
}

/** What a donor left behind at a seed: the artifact to start from, or why there is none. */
type Start =
  | { readonly artifact: string }
  | { readonly diagnostic: Diagnostic }
  | { readonly is: "cancelled" };
type Starts = ReadonlyMap<string, Start>;

const startKey = (donor: string, seed: number): string => JSON.stringify([donor, seed]);

function startsOf(trials: readonly GridTrial[], { donors }: LabPlan): Starts {
  const stages = new Map(donors.map(({ id, stage }) => [id, stage]));
  return new Map(
    trials.map(({ pipeline, seed, end }): [string, Start] => {
      const key = startKey(pipeline, seed);
      if (end.is === "failed") return [key, { diagnostic: end.diagnostic }];
      const artifact =
        end.is === "done" ? end.result.stages[stages.get(pipeline) ?? ""]?.artifact : undefined;
      return [key, artifact === undefined ? { is: "cancelled" } : { artifact }];
    }),
  );
}

/** The trials of a variant that can't run, since its donor failed or was cancelled at some seed. */
function brokenTrials(
  { id, donor }: LabVariant,
  starts: Starts,
  { budgets, seeds }: LabPlan,
): readonly GridTrial[] {
  if (donor === undefined) return [];
  const found = seeds.map((seed) => starts.get(startKey(donor.id, seed)) ?? { is: "cancelled" as const });
  const bad = found.find((start) => !("artifact" in start));
  if (bad === undefined) return [];
  return budgets.flatMap((budget) =>
    seeds.map((seed): GridTrial => {
      const place = { pipeline: id, budget, seed };
      return "diagnostic" in bad
        ? { ...place, end: { is: "failed", diagnostic: bad.diagnostic } }
        : { ...place, end: { is: "cancelled" } };
    }),
  );
}

interface SeedPlans {
  readonly starts: Starts;
  readonly problem: OpenedProblem;
  readonly own: TrainingPlan | undefined;
}

/** A variant's plan; one for each seed where it starts from a donor. */
function planBySeed(
  { document, donor }: LabVariant,
  { starts, problem, own }: SeedPlans,
): TrainingPlan | ((seed: number) => TrainingPlan) {
  if (donor === undefined) return own ?? planOf(document, problem);
  const made = new Map<number, TrainingPlan>();
  return (seed) => {
    const start = starts.get(startKey(donor.id, seed));
    if (start === undefined || !("artifact" in start)) throw new Error(`lab: ${donor.id} left no artifact`);
    const plan = made.get(seed) ?? planOf(startingFrom(document, donor.stage, start.artifact), problem);
    made.set(seed, plan);
    return plan;
  };
}

function endedTrial({ end, ...place }: GridTrial): EndedTrial[] {
  if (end.is === "done") return [{ ...place, result: end.result }];
  return end.is === "failed" ? [{ ...place, diagnostic: end.diagnostic }] : [];
}
