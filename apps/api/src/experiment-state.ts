import { type ExperimentRow, type FindingTexts, readFinding, readTrialScores } from "@seams/db";
import type { Comparison } from "@seams/core/measure";
import type { LabResult } from "@seams/core/labs";
import type { JsonTexts } from "./http/json-texts";
import type { Services } from "./services";
import { countByStatus, experimentStatus, summarise } from "./trial-summary";
import type { ExperimentView } from "./wire";

/** What of an experiment's view follows from its trials. */
export type ExperimentState = Pick<
  ExperimentView,
  "status" | "trials" | "comparison" | "calibration" | "lab"
>;

type Parts = Pick<Services, "database" | "program" | "comparisons" | "labs" | "calibration">;

/** The state as it was kept where the experiment is over and has been since, else from its trials. */
export async function stateOf(
  services: Parts & { readonly texts: JsonTexts },
  experiment: ExperimentRow,
): Promise<ExperimentState> {
  const { database, program, texts, calibration } = services;
  const { id, revision, lab } = experiment;
  const kept = program && (await readFinding(database, { experiment: id, revision, program }));
  if (!kept) return computeState(services, experiment);
  return {
    // Written by `stateToKeep`, in this program.
    status: kept.status as ExperimentState["status"],
    trials: texts.valueOf<ExperimentState["trials"]>(kept.trials),
    comparison: lab === undefined ? texts.valueOf<Comparison>(kept.found) : null,
    calibration: lab === undefined ? await calibration.stand() : null,
    lab: lab === undefined ? null : texts.valueOf<LabResult>(kept.found),
  };
}

async function computeState(services: Parts, experiment: ExperimentRow): Promise<ExperimentState> {
  const { database, comparisons, labs, calibration } = services;
  const { id, lab } = experiment;
  const trials = await readTrialScores(database, id);
  const counts = countByStatus(trials);
  const progress = counts.queued + counts.running > 0 ? "moving" : "over";
  const comparison = lab === undefined ? ((await comparisons.of(experiment, progress)) ?? null) : null;
  const isOver = comparison !== null && progress === "over";
  return {
    status: experimentStatus(counts),
    trials: trials.map(summarise),
    comparison,
    calibration: isOver ? await calibration.note(comparison) : null,
    lab: lab === undefined ? null : ((await labs.of(experiment, progress)) ?? null),
  };
}

/**
 * The state of an experiment that is over, as texts to be kept; undefined where nothing can be said. What the advisor has
 * foretold is noted with it: who reads the kept comparison doesn't look into it.
 */
export async function stateToKeep(
  services: Parts,
  experiment: ExperimentRow,
): Promise<FindingTexts | undefined> {
  const { status, trials, comparison, lab } = await computeState(services, experiment);
  const found = comparison ?? lab;
  if (found === null || status === "running" || status === "queued") return undefined;
  return { status, trials: JSON.stringify(trials), found: JSON.stringify(found) };
}
