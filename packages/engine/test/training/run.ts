import {
  compile,
  type Environment,
  type ProblemData,
  type ProblemSchema,
  seed,
  type TrainingPlan,
} from "@seams/core";
import {
  type Budget,
  type Engine,
  execute,
  memoryCache,
  type RunEvent,
  type PredictionStore,
  type StageCache,
  type Trial,
  type TrialHost,
  type TrialResult,
} from "@seams/core/train";
import { twoGlyphs, twoGlyphsData } from "./two-glyphs";

/** What a trial of a test differs in. */
export interface Setting {
  readonly problem?: ProblemSchema;
  readonly data?: ProblemData;
  readonly environment?: Environment;
  readonly budget?: Budget;
  readonly seed?: number;
  readonly cache?: StageCache;
  readonly predictions?: PredictionStore;
  readonly signal?: AbortSignal;
  /** Called with each event; returning true drops the generator, as a killed process would. */
  readonly kill?: (event: RunEvent) => boolean;
  /** Called before each breath between stretches of steps. */
  readonly breathe?: () => void;
  /** How much faster than real the trial's clock goes: checkpoints come as much sooner. */
  readonly clock?: number;
}

/** What came of it. */
export interface Outcome {
  readonly events: readonly RunEvent[];
  readonly result: TrialResult | undefined;
}

const data = twoGlyphsData();

/** Compiles a document. @throws Error with the messages where it doesn't */
export function planOf(document: unknown, problem: ProblemSchema = twoGlyphs): TrainingPlan {
  // Test documents are written by hand; the compiler checks them again.
  const { plan, diagnostics } = compile(document as Parameters<typeof compile>[0], { problem });
  if (plan === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return plan;
}

/** Compiles and executes a document on the two-glyphs problem. */
export async function run(engine: Engine, document: unknown, setting: Setting = {}): Promise<Outcome> {
  const problem = setting.problem ?? twoGlyphs;
  const trial: Trial = {
    plan: planOf(document, problem),
    problem,
    budget: setting.budget ?? 60,
    seed: seed(setting.seed ?? 1),
  };
  const host: TrialHost = {
    engine,
    data: setting.data ?? data,
    ...(setting.environment === undefined ? {} : { environment: setting.environment }),
    cache: setting.cache ?? memoryCache(),
    ...(setting.predictions === undefined ? {} : { predictions: setting.predictions }),
    signal: setting.signal ?? new AbortController().signal,
    now: () => performance.now() * (setting.clock ?? 1),
    breathe: async () => {
      setting.breathe?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  const events: RunEvent[] = [];
  const generator = execute(trial, host);
  for (;;) {
    const next = await generator.next();
    if (next.done === true) return { events, result: next.value };
    events.push(next.value);
    if (setting.kill?.(next.value) === true) {
      await generator.return(undefined);
      return { events, result: undefined };
    }
  }
}

/** The result of a run that has one. @throws Error with what stopped it */
export function resultOf({ events, result }: Outcome): TrialResult {
  if (result === undefined) throw new Error(JSON.stringify(events.at(-1)));
  return result;
}

/** A result without what the clock says. */
export function withoutTimes(result: TrialResult): unknown {
  const stages = Object.entries(result.stages).map(([id, { cached: _, because: __, ...stage }]) => [
    id,
    stage,
  ]);
  return { ...result, seconds: 0, stages };
}

/** Phases that were trained, and phases that came from the cache. */
export const phasesOf = (
  events: readonly RunEvent[],
  type: "phase.started" | "phase.cached",
): readonly string[] => events.flatMap((event) => (event.type === type ? [event.phase] : []));
