import type { TrainingPlan } from "@seams/core";
import type { PhaseView, RunView } from "@seams/core/train";
import { shortDuration } from "@seams/ui";

/** How far a stage is: on the graph, and in the list beneath it. */
export interface StageProgress {
  readonly fraction: number;
  /** A few words for the stage's own box. */
  readonly words: string;
  /** Why it trains, or why it need not. */
  readonly because?: string;
}

/** Progress of every stage that a phase trains, by stage id. */
export function stageProgress(
  { phases }: Pick<RunView, "phases">,
  plan: Pick<TrainingPlan, "phases">,
): Readonly<Record<string, StageProgress>> {
  const running = phases.find(({ status }) => status === "running");
  const frozen = new Set(running === undefined ? [] : frozenIn(running, plan));
  const stages = [...new Set(phases.flatMap((phase) => phase.stages))];
  return Object.fromEntries(
    stages.map((stage) => {
      const own = phases.filter((phase) => phase.stages.includes(stage));
      const progress = progressOf(own);
      const isFrozen = frozen.has(stage) && own.every(isOver);
      return [stage, isFrozen ? { ...progress, words: `frozen, ${progress.words}` } : progress];
    }),
  );
}

/** Stages that run unchanged inside a phase. Phases of folds are named after theirs. */
function frozenIn({ stages }: PhaseView, plan: Pick<TrainingPlan, "phases">): readonly string[] {
  const phase = plan.phases.find(
    (each) => each.do === "train" && each.train.some((stage) => stages.includes(stage)),
  );
  return phase?.do === "train" ? phase.frozen : [];
}

const isOver = ({ status }: PhaseView): boolean => status === "done" || status === "cached";

/** A stage's phases together: more than one where folds or fine-tuning train it again. */
function progressOf(own: readonly PhaseView[]): StageProgress {
  const total = own.reduce((sum, { steps }) => sum + steps, 0);
  const done = own.reduce((sum, phase) => sum + (isOver(phase) ? phase.steps : phase.step), 0);
  const current =
    own.find(({ status }) => status === "running" || status === "failed" || status === "cancelled") ??
    own.find((phase) => !isOver(phase));
  const because = (current ?? own.at(-1))?.because;
  const reason = because === undefined || because === "" ? {} : { because };
  if (current !== undefined) return { fraction: ratio(done, total), words: wordsOf(current), ...reason };
  if (own.every(({ status }) => status === "cached")) return { fraction: 1, words: "cached", ...reason };
  const seconds = own.reduce((sum, phase) => sum + (phase.seconds ?? 0), 0);
  return { fraction: 1, words: `trained, ${shortDuration(seconds)}`, ...reason };
}

function wordsOf({ status, step, steps }: PhaseView): string {
  const at = step.toLocaleString("en");
  switch (status) {
    case "waiting":
      return step > 0 ? `waits at ${at}` : "waiting";
    case "running":
      return `${at} of ${steps.toLocaleString("en")}`;
    case "failed":
      return `failed at ${at}`;
    case "cancelled":
      return `stopped at ${at}`;
    case "cached":
    case "done":
      return status;
  }
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : Math.min(1, part / whole));

/**
 * Seconds that a run still takes at most: early stopping may end a phase sooner. Undefined before a speed is measured.
 */
export function secondsLeft({ phases }: Pick<RunView, "phases">): number | undefined {
  const open = phases.filter((phase) => !isOver(phase));
  const running = open.find(({ status }) => status === "running");
  const speed = running?.stepsPerSecond;
  if (running === undefined || speed === undefined || speed <= 0) return undefined;
  // Phases that wait have no speed yet: only the running one can be told, so nothing is said while others wait.
  if (open.length > 1) return undefined;
  return Math.max(0, running.steps - running.step) / speed;
}
