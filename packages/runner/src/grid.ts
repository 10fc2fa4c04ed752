import {
  type BackendChoice,
  chooseBackend,
  diagnose,
  type ProblemSchema,
  seed,
  type TrainingPlan,
} from "@seams/core";
import type { RunEvent, Trial } from "@seams/core/train";
import { type DiskCache, openCache } from "./cache/disk";
import { runnerSettings } from "./env";
import { machineFacts } from "./machine-speed";
import type { OpenedProblem } from "./problem";
import type { TrialEnd } from "./protocol";
import { rescore } from "./rescore";
import { expectedEngine, findResult, sameEngine } from "./results";
import { eventsOf } from "./trial";
import { trialQueue } from "./trial-queue";
import { startWorker, type Worker, type WorkerEnd, type WorkerOptions } from "./worker-process";

/** So often a trial is begun whose worker is lost. */
const MOST_ATTEMPTS = 4;
/** Time for a checkpoint when everything is cancelled. */
const CANCEL_MS = 10_000;

/** Pipelines × budgets × seeds of one problem, and where they run. */
export interface GridQuestion {
  readonly problem: OpenedProblem;
  readonly pipelines: readonly GridPipeline[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  /** The data folder. */
  readonly home: string;
  /** What all its trials run on; default: what is fastest for its pipelines here. */
  readonly backend?: BackendChoice;
  /** Processes that train; default: what the environment says, else one a core. */
  readonly workers?: number;
  /** Aborting it saves checkpoints and stops: the same grid goes on from there another time. */
  readonly signal: AbortSignal;
  onEvent(of: TrialPlace, event: RunEvent): void;
  /** Told of what is odd but in order: damaged files in the cache, lost workers that are replaced. */
  onNotice?(words: string): void;
  onWorker?(pid: number): void;
}

/** One pipeline of a grid. Its plan may differ by seed: where it starts from what another trial of that seed trained. */
export interface GridPipeline {
  readonly id: string;
  readonly plan: TrainingPlan | ((seed: number) => TrainingPlan);
}

/** Which trial of a grid. */
export interface TrialPlace {
  readonly pipeline: string;
  readonly budget: number;
  readonly seed: number;
}

/** A trial of a grid and what became of it. */
export interface GridTrial extends TrialPlace {
  readonly end: TrialEnd;
}

interface PlacedTrial extends Trial {
  readonly of: TrialPlace;
}

/**
 * Runs a grid of trials over worker processes, each trial as `runTrial` would. What ran before is answered from the
 * cache, and what only has to be scored anew is, without any worker; what several trials share is trained once. A worker
 * that dies is replaced, and its trial goes on from its last checkpoint.
 *
 * @returns every trial, by pipeline, budget and seed, in the order in which those are listed
 */
export async function runGrid(question: GridQuestion): Promise<readonly GridTrial[]> {
  const { problem, home, onNotice } = question;
  const trials = trialsOf(question, problem.schema);
  const backend = question.backend ?? (await chooseFor(question));
  const cache = openCache(home, onNotice === undefined ? {} : { onNotice });
  const data = await problem.hash();
  const ends = new Map<PlacedTrial, TrialEnd>();
  // A second round only where this machine's engine is not the one that earlier results came from: all numbers of a
  // comparison come from one.
  for (const _round of ["first", "other engine"]) {
    for (const [trial, end] of await answerFromCache(trials, { cache, data, backend, known: ends })) {
      ends.set(trial, end);
      if (end.is === "done")
        for (const event of eventsOf(trial, end.result)) question.onEvent(trial.of, event);
    }
    const unanswered = trials.filter((trial) => !ends.has(trial));
    for (const [trial, result] of await rescore(unanswered, { ...question, cache, backend })) {
      ends.set(trial, { is: "done", result });
      for (const event of eventsOf(trial, result)) question.onEvent(trial.of, event);
    }
    const open = unanswered.filter((trial) => !ends.has(trial));
    for (const [trial, end] of await trainAll(open, { ...question, backend })) ends.set(trial, end);
    const stale = await ofAnotherEngine(ends, cache, backend);
    if (stale.length === 0) break;
    for (const trial of stale) ends.delete(trial);
  }
  return trials.map((trial) => ({ ...trial.of, end: ends.get(trial) ?? { is: "cancelled" } }));
}

/** By the plans of one seed: another seed's differ in what they start from, and in no size. */
async function chooseFor({ pipelines, seeds, home }: GridQuestion): Promise<BackendChoice> {
  const plans = pipelines.map(({ plan }) => planFor(plan, seeds[0] ?? 1));
  return chooseBackend(plans, await machineFacts(home));
}

/** Seeds before budgets before pipelines: what can be compared ends together. */
function trialsOf(
  { pipelines, budgets, seeds }: GridQuestion,
  problem: ProblemSchema,
): readonly PlacedTrial[] {
  return pipelines.flatMap(({ id, plan }) =>
    budgets.flatMap((budget) =>
      seeds.map((number): PlacedTrial => {
        const of = { pipeline: id, budget, seed: number };
        return { plan: planFor(plan, number), problem, budget, seed: seed(number), of };
      }),
    ),
  );
}

const planFor = (plan: GridPipeline["plan"], of: number): TrainingPlan =>
  typeof plan === "function" ? plan(of) : plan;

interface Shelf {
  readonly cache: DiskCache;
  readonly data: string;
  readonly backend: BackendChoice;
  readonly known: ReadonlyMap<PlacedTrial, TrialEnd>;
}

async function answerFromCache(
  trials: readonly PlacedTrial[],
  { cache, data, backend, known }: Shelf,
): Promise<ReadonlyMap<PlacedTrial, TrialEnd>> {
  const found = new Map<PlacedTrial, TrialEnd>();
  const engine = await expectedEngine(cache, backend);
  if (engine === undefined) return found;
  for (const trial of trials) {
    if (known.has(trial)) continue;
    const result = await findResult(cache, trial, { data, engine });
    if (result !== undefined) found.set(trial, { is: "done", result });
  }
  return found;
}

async function ofAnotherEngine(
  ends: ReadonlyMap<PlacedTrial, TrialEnd>,
  cache: DiskCache,
  backend: BackendChoice,
): Promise<readonly PlacedTrial[]> {
  const engine = await expectedEngine(cache, backend);
  return [...ends].flatMap(([trial, end]) =>
    end.is === "done" && !sameEngine(engine, end.result.engine) ? [trial] : [],
  );
}

async function trainAll(
  trials: readonly PlacedTrial[],
  question: GridQuestion & { readonly backend: BackendChoice },
): Promise<ReadonlyMap<PlacedTrial, TrialEnd>> {
  const ends = new Map<PlacedTrial, TrialEnd>();
  if (trials.length === 0) return ends;
  const settings = runnerSettings();
  const count = Math.min(question.workers ?? settings.workers, trials.length);
  const queue = trialQueue(inTrainingOrder(trials, question));
  const inHand = new Set<PlacedTrial>();
  const options: WorkerOptions = {
    home: question.home,
    problem: question.problem.reference,
    backend: question.backend,
    megabytes: settings.workerMegabytes,
    onNotice: (words) => question.onNotice?.(words),
    ...(question.onWorker === undefined ? {} : { onStart: question.onWorker }),
  };
  const keepBusy = async (): Promise<void> => {
    const desk = new Desk(question, options);
    for (let trial = queue.next(inHand); trial !== undefined; trial = queue.next(inHand)) {
      inHand.add(trial);
      ends.set(trial, await desk.runToEnd(trial));
      inHand.delete(trial);
    }
    await desk.close();
  };
  await Promise.all(Array.from({ length: count }, keepBusy));
  return ends;
}

/** Seed by seed, and the large budgets first, so that no worker is left alone with a long one at the end. */
function inTrainingOrder(trials: readonly PlacedTrial[], { seeds }: GridQuestion): readonly PlacedTrial[] {
  return trials.toSorted(
    (a, b) => seeds.indexOf(a.of.seed) - seeds.indexOf(b.of.seed) || b.of.budget - a.of.budget,
  );
}

/** A place where one worker at a time works, replaced when it is lost. */
class Desk {
  #worker: Worker | undefined;

  constructor(
    readonly question: GridQuestion,
    readonly options: WorkerOptions,
  ) {}

  async runToEnd(trial: PlacedTrial): Promise<TrialEnd> {
    const { signal } = this.question;
    const place = { at: "graph" } as const;
    let how = "";
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      if (signal.aborted) return this.#cancelled(trial);
      const end = await this.#attempt(trial);
      switch (end.is) {
        case "done":
        case "failed":
        case "cancelled":
          return end; // its own events have told
        case "too-large":
          return this.#failed(trial, diagnose.trial.outOfMemory({ place, ...end }));
        case "refused":
          return this.#failed(trial, end.diagnostic);
        case "lost":
          how = end.how;
          if (!signal.aborted) this.options.onNotice(`A worker was lost (${how}); its trial is begun again.`);
      }
    }
    if (signal.aborted) return this.#cancelled(trial);
    return this.#failed(trial, diagnose.trial.workerLost({ place, attempts: MOST_ATTEMPTS, how }));
  }

  async #attempt(trial: PlacedTrial): Promise<WorkerEnd> {
    const { signal, onEvent } = this.question;
    if (this.#worker?.isAlive() !== true) this.#worker = startWorker(this.options);
    const worker = this.#worker;
    let late: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      worker.cancel();
      late = setTimeout(() => worker.kill(), CANCEL_MS);
    };
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const { of, ...asked } = trial;
      return await worker.run(asked, (event) => onEvent(of, event));
    } finally {
      signal.removeEventListener("abort", cancel);
      clearTimeout(late);
    }
  }

  #failed(trial: PlacedTrial, diagnostic: Extract<TrialEnd, { is: "failed" }>["diagnostic"]): TrialEnd {
    this.question.onEvent(trial.of, { type: "run.failed", diagnostic });
    return { is: "failed", diagnostic };
  }

  #cancelled(trial: PlacedTrial): TrialEnd {
    this.question.onEvent(trial.of, { type: "run.cancelled", step: 0 });
    return { is: "cancelled" };
  }

  async close(): Promise<void> {
    if (this.#worker?.isAlive() === true) await this.#worker.close();
  }
}
