import {
  type BackendChoice,
  type Checked,
  diagnose,
  type Diagnostic,
  type Environment,
  type FieldType,
  type ProblemData,
  valueInWords,
} from "@seams/core";
import {
  type DoseQuestion,
  type DoseScores,
  type EngineInfo,
  openTracer,
  type Outcome,
  type Replay,
  type ReplayMoment,
  type Trace,
  type TracedValue,
  type Tracer,
  type Trial,
} from "@seams/core/train";
import { recordValue, type RecordValue, type ValueColumn, valueColumn } from "@seams/problems";
import { openCache } from "./cache/disk";
import { runnerSettings } from "./env";
import { processEngine } from "./trial";

/** What one place of a pipeline holds for one record, as JSON that a screen can draw. */
export interface TracedView extends Pick<TracedValue, "place" | "from" | "label" | "judgement" | "edited"> {
  readonly type: FieldType;
  readonly value: RecordValue;
  readonly truth?: RecordValue;
  /** Value and truth in a few words. */
  readonly words: string;
  readonly truthWords?: string;
}

/** One record's way through a pipeline, as JSON. */
export interface TraceView {
  /** Its row in the data, and its position among the test rows. */
  readonly row: number;
  readonly position: number;
  readonly testRows: number;
  readonly values: readonly TracedView[];
  readonly outcome: Outcome;
  /** What the truth at single places does to the outcome; the last, without a place, at all of them. */
  readonly fixes: readonly { readonly place?: string; readonly outcome: Outcome }[];
  /** How long the record took on its way. */
  readonly milliseconds: number;
}

/** An episode of a pipeline in its environment, as JSON. */
export interface ReplayView extends Pick<Replay, "ground" | "outcome"> {
  readonly condition: string;
  /** From 0. */
  readonly episode: number;
  readonly episodes: number;
  readonly moments: readonly (Pick<ReplayMoment, "scene" | "drawn"> & {
    readonly values: readonly TracedView[];
  })[];
  readonly milliseconds: number;
}

/** Which episode is watched, and at which places the truth stands in. */
export interface ReplayQuestion {
  readonly condition: string;
  readonly episode: number;
  readonly truthAt: readonly string[];
}

/** Values given by hand, by place. */
export type ValueEdits = Readonly<Record<string, RecordValue>>;

/** A trained pipeline, ready for records. */
export interface Tracing {
  readonly testRows: number;
  /** Sends the test row at a position through. Edits that don't fit their place are refused, each with its reason. */
  trace(position: number, edits: ValueEdits): Promise<Checked<TraceView>>;
  /** Lets the pipeline act in an episode of the problem's environment again, as it did in the trial. */
  replay(question: ReplayQuestion): Promise<Checked<ReplayView>>;
  /** Headline scores with one stage's output replaced by truths of several qualities. */
  doses(question: DoseQuestion): Promise<Checked<DoseScores>>;
}

/** What a tracing is opened with. */
export interface TracingCall {
  readonly home: string;
  readonly data: ProblemData;
  /** The problem's, where it has one. */
  readonly environment?: Environment | undefined;
  /** The engine on the trial's result; absent: this process's own. */
  readonly engine?: EngineInfo | undefined;
}

/** Opens a finished trial's pipeline from the cache of this machine. */
export async function openTracing(trial: Trial, call: TracingCall): Promise<Checked<Tracing>> {
  const host = {
    engine: await processEngine(pricedBackend(call.engine)),
    data: call.data,
    cache: openCache(call.home, { bytes: runnerSettings().cacheBytes }),
    signal: new AbortController().signal,
    now: () => performance.now(),
    breathe: () => Promise.resolve(),
    ...(call.environment === undefined ? {} : { environment: call.environment }),
  };
  const { tracer, diagnostics } = await openTracer(trial, host, call.engine);
  if (tracer === undefined) return { value: undefined, diagnostics };
  const trace = (position: number, edits: ValueEdits): Promise<Checked<TraceView>> =>
    traceWith(tracer, position, edits);
  const replay = (question: ReplayQuestion): Promise<Checked<ReplayView>> =>
    replayWith(tracer, call.environment, question);
  const doses = (question: DoseQuestion): Promise<Checked<DoseScores>> => dosesWith(tracer, question);
  return { value: { testRows: tracer.test.length, trace, replay, doses }, diagnostics };
}

/** The backend that the trial ran on, where somebody may have chosen it: its bits are to be found again. */
const pricedBackend = (engine: EngineInfo | undefined): Partial<BackendChoice> =>
  engine?.backend === "native" ? { backend: "native" } : {};

async function dosesWith(tracer: Tracer, question: DoseQuestion): Promise<Checked<DoseScores>> {
  const value = await tracer.doses(question);
  if (value !== undefined) return { value, diagnostics: [] };
  const facts = { stage: question.stage, stages: tracer.dosed };
  return { value, diagnostics: [diagnose.trial.noTruthToDose({ place: { at: "graph" }, ...facts })] };
}

async function replayWith(
  tracer: Tracer,
  environment: Environment | undefined,
  { condition, episode, truthAt }: ReplayQuestion,
): Promise<Checked<ReplayView>> {
  if (environment === undefined) return noEpisode("the problem has no environment");
  const { conditions } = environment;
  if (!conditions.some(({ id }) => id === condition))
    return noEpisode(`the conditions are ${conditions.map(({ id }) => id).join(", ")}`);
  const { view, outcomes } = environment.open(condition);
  const episodes = outcomes().length;
  if (view === undefined) return noEpisode("this environment cannot be watched");
  if (episode >= episodes) return noEpisode(`there are ${episodes}`);
  const started = performance.now();
  const { ground, moments, outcome } = await tracer.replay({
    environment,
    condition,
    episode,
    truthAt: new Set(truthAt),
  });
  return {
    value: {
      condition,
      episode,
      episodes,
      ground,
      outcome,
      moments: moments.map(({ scene, drawn, values }) => ({ scene, drawn, values: values.map(tracedView) })),
      milliseconds: performance.now() - started,
    },
    diagnostics: [],
  };
}

const noEpisode = (reason: string): Checked<never> => ({
  value: undefined,
  diagnostics: [diagnose.trial.noEpisode({ place: { at: "graph" }, reason })],
});

async function traceWith(tracer: Tracer, position: number, edits: ValueEdits): Promise<Checked<TraceView>> {
  const row = tracer.test[position];
  if (row === undefined) return refuse(`test row ${position + 1}`, `there are ${tracer.test.length}`);
  const started = performance.now();
  const { value: columns, diagnostics } = await columnsOf(tracer, row, edits);
  if (columns === undefined) return { value: undefined, diagnostics };
  const trace = await tracer.trace(row, columns);
  const milliseconds = performance.now() - started;
  const fixes = await tracer.fixes(row, columns);
  return {
    value: { ...viewOf(trace), position, testRows: tracer.test.length, fixes, milliseconds },
    diagnostics,
  };
}

/** Edits as columns of their places' types. */
async function columnsOf(
  tracer: Tracer,
  row: number,
  edits: ValueEdits,
): Promise<Checked<Parameters<Tracer["trace"]>[1]>> {
  const columns = new Map<string, TracedValue["value"]>();
  if (Object.keys(edits).length === 0) return { value: columns, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const { values } = await tracer.trace(row, columns);
  for (const [place, value] of Object.entries(edits)) {
    const traced = values.find((one) => one.place === place);
    const read =
      traced === undefined ? { reason: "the pipeline has no such place" } : columnFor(traced, value);
    if (read.reason === undefined) columns.set(place, read.column);
    else diagnostics.push(...refuse(place, read.reason).diagnostics);
  }
  return diagnostics.length > 0 ? { value: undefined, diagnostics } : { value: columns, diagnostics };
}

/** Of the place's own type, or of its truth's: labels may be named otherwise than what a stage gives. */
function columnFor({ value: { type }, truth }: TracedValue, value: RecordValue): ValueColumn {
  const own = valueColumn(type, value);
  if (own.reason === undefined || truth === undefined) return own;
  const asTruth = valueColumn(truth.type, value);
  return asTruth.reason === undefined ? asTruth : own;
}

const refuse = (where: string, reason: string): Checked<never> => ({
  value: undefined,
  diagnostics: [diagnose.trial.editDoesNotFit({ place: { at: "graph" }, where, reason })],
});

const viewOf = ({ row, values, outcome }: Trace): Pick<TraceView, "row" | "values" | "outcome"> => ({
  row,
  outcome,
  values: values.map(tracedView),
});

const tracedView = ({ place, from, value, truth, label, judgement, edited }: TracedValue): TracedView => ({
  place,
  from,
  type: value.type,
  value: recordValue(value, 0),
  words: valueInWords(value, 0),
  edited,
  ...(label === undefined ? {} : { label }),
  ...(truth === undefined ? {} : { truth: recordValue(truth, 0), truthWords: valueInWords(truth, 0) }),
  ...(judgement === undefined ? {} : { judgement }),
});
