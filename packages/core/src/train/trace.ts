import type { EvaluatePhase, ValueSource } from "../compile/plan";
import type { Column } from "../data/column";
import { patchColumn } from "../data/patch";
import { weightsGone } from "../diagnostics/catalog/trial";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { exactMatch } from "../measure/metrics/exact-match";
import { metrics } from "../measure/metrics/index";
import type { MetricName } from "../problem/document";
import { convertColumn } from "../stages/convert";
import { type DoseQuestion, dosedStages, type DoseScores, scoreDoses } from "./dose";
import { answered, seamTruth } from "./evaluate";
import { isNamed } from "./oracles";
import { type Overrides, placeOf } from "./overrides";
import type { Resolver } from "./resolve";
import { type RowSet, rowSet } from "./row-set";
import { type EpisodeOf, type Replay, replayEpisode } from "./replay";
import { allFits, openSession, type Session } from "./session";
import { phaseStore } from "./stage-numbers";
import type { EngineInfo } from "./stepper";
import type { Trial, TrialHost } from "./trial";

/** How one value compares with its truth. */
export interface Judgement {
  readonly metric: MetricName;
  /** The metric over this record alone; absent where it needs more than one. */
  readonly score?: number;
  /** Whether it is right as a whole; absent where values are amounts, which are near or far. */
  readonly right?: boolean;
}

/** What one place of a pipeline holds for one record. Columns have one row. */
export interface TracedValue {
  /** `stage.port`, or `field name` for the record's own value. */
  readonly place: string;
  /** The places that it is made from directly. */
  readonly from: readonly string[];
  readonly value: Column;
  /** The label field that supervises it, or the target that it answers. */
  readonly label?: string;
  /** Absent where the record lacks the label, or the head's mask leaves it out. */
  readonly truth?: Column;
  readonly judgement?: Judgement;
  /** Whether the value was given by hand. */
  readonly edited: boolean;
}

/** One record's way through a pipeline. */
export interface Trace {
  readonly row: number;
  /** What comes first stands before what is made from it. */
  readonly values: readonly TracedValue[];
  readonly outcome: Outcome;
}

/** How the whole pipeline answers: its targets by the problem's first metric. */
export interface Outcome {
  /** Whether every target is right; absent where values are amounts. */
  readonly right?: boolean;
  /** Mean over targets. */
  readonly score?: number;
}

/** What putting the truth at one place, or at all of them, does to the outcome. */
export interface Fix {
  /** Absent: at all of them together. */
  readonly place?: string;
  readonly outcome: Outcome;
}

/** A trained pipeline through which records can be sent one by one. */
export interface Tracer {
  /** Rows that no training has touched. */
  readonly test: Int32Array;
  /** Sends a record through, with the values at some places given by hand: only what lies downstream follows. */
  trace(row: number, edits: Edits): Promise<Trace>;
  /** The outcome with the truth at each place whose value differs from it, and with the truth at all of them. */
  fixes(row: number, edits: Edits): Promise<readonly Fix[]>;
  /** Lets the pipeline act in an episode again, moment by moment: the same episode as in the trial, bit for bit. */
  replay(episode: EpisodeOf): Promise<Replay>;
  /** Stages that `doses` can be asked about. */
  readonly dosed: readonly string[];
  /** Headline scores with one stage's output replaced by truths of several qualities; undefined where it has none. */
  doses(question: DoseQuestion): Promise<DoseScores | undefined>;
}

/** Values given by hand, one row each, by place. */
export type Edits = ReadonlyMap<string, Column>;

/**
 * Opens a trained pipeline from the cache. Nothing is trained: where weights are gone, a diagnostic says so.
 *
 * @param engine the engine that trained it, where that isn't the host's: weights are kept under its name
 */
export async function openTracer(
  trial: Trial,
  host: TrialHost,
  engine?: EngineInfo,
): Promise<{ readonly tracer?: Tracer; readonly diagnostics: readonly Diagnostic[] }> {
  const trainedBy = engine === undefined ? host : { ...host, engine: { ...host.engine, info: engine } };
  const { session, diagnostics } = openSession(trial, trainedBy);
  if (session === undefined) return { diagnostics };
  for (const fit of allFits(session.fits)) {
    const key = session.keys.get(fit)?.key;
    const artifact = key === undefined ? undefined : await phaseStore(host.cache, fit.phase).get(key);
    if (artifact !== undefined) session.results.set(fit, { artifact, cached: true, because: "" });
    // Models of single folds only serve training; a record of the test part never meets them.
    else if (fit === session.fits.get(fit.phase.id)?.full)
      return { diagnostics: [weightsGone({ place: { at: "graph" }, phase: fit.phase.id })] };
  }
  return { tracer: makeTracer(session), diagnostics: [] };
}

function makeTracer(session: Session): Tracer {
  const { trial, host, budget } = session;
  const { plan, problem } = trial;
  const phase = plan.phases.find((one): one is EvaluatePhase => one.do === "evaluate");
  if (phase === undefined) throw new Error("trace: the plan has no evaluate phase");
  const places = placesOf(phase, session);
  const rowsOf = (row: number): RowSet => {
    if (!(row >= 0 && row < host.data.rows)) throw new Error(`trace: there is no row ${row}`);
    return rowSet(host.data, problem, { name: `row ${row}`, rows: Int32Array.of(row) });
  };
  const resolverWith = (edits: Edits): Resolver =>
    edits.size === 0 ? session.resolver : session.replacing(overridesOf(edits));
  const outcome = (resolver: Resolver, rows: RowSet): Promise<Outcome> =>
    outcomeOf({ phase, problem, resolver }, rows);
  return {
    test: budget.test,
    trace: async (row, edits) => {
      const rows = rowsOf(row);
      const resolver = resolverWith(edits);
      const values: TracedValue[] = [];
      for (const place of places) {
        const value = await resolver.resolve(place.source, rows);
        values.push({ ...judged(place, value, rows), edited: edits.has(placeOf(place.source)) });
      }
      return { row, values, outcome: await outcome(resolver, rows) };
    },
    replay: (episode) =>
      replayEpisode(
        {
          session,
          phase,
          places,
          show: (place, value, rows) => ({ ...judged(place, value, rows), edited: false }),
        },
        episode,
      ),
    dosed: dosedStages(session, phase),
    doses: (question) => {
      const test = rowSet(host.data, problem, { name: "test", rows: budget.test });
      return scoreDoses(session, { phase, test }, question);
    },
    fixes: async (row, edits) => {
      const rows = rowsOf(row);
      const answers = new Set(phase.answers.map(({ source }) => placeOf(source)));
      const wrong = new Map<string, Column>();
      for (const place of places) {
        const name = placeOf(place.source);
        if (place.seam === undefined || answers.has(name)) continue;
        const value = await resolverWith(edits).resolve(place.source, rows);
        const truth = truthAt(place, rows);
        if (truth !== undefined && !isEqual(truth, convertColumn(value, truth.type)))
          wrong.set(name, patchColumn(convertColumn(value, truth.type), truth));
      }
      const found: Fix[] = [];
      for (const [place, truth] of wrong)
        found.push({
          place,
          outcome: await outcome(resolverWith(new Map([...edits, [place, truth]])), rows),
        });
      if (wrong.size > 1)
        found.push({ outcome: await outcome(resolverWith(new Map([...edits, ...wrong])), rows) });
      return found;
    },
  };
}

/** A place whose value can be seen. */
export interface Place {
  readonly source: ValueSource;
  readonly from: readonly string[];
  readonly seam?: EvaluatePhase["seams"][number];
  readonly answer?: EvaluatePhase["answers"][number];
}

/** Every value that the answers and the seams are made from, upstream first. */
function placesOf({ answers, seams }: EvaluatePhase, { dependence }: Session): readonly Place[] {
  const places = new Map<string, Omit<Place, "from">>();
  const add = (source: ValueSource, more: Omit<Place, "source" | "from"> = {}): void => {
    if (source.is !== "field") for (const inner of Object.values(source.inputs)) add(inner);
    const place = placeOf(source);
    places.set(place, { source, ...places.get(place), ...more });
  };
  for (const seam of seams) add(seam.source, { seam });
  for (const answer of answers) add(answer.source, { answer });
  // What a value is made from depends on less than the value does.
  const sorted = [...places.values()].toSorted(
    (a, b) => dependence.of(a.source).size - dependence.of(b.source).size,
  );
  return sorted.map((place) => {
    const before = sorted.filter((one) => one !== place && isMadeFrom(place, one));
    const direct = before.filter((one) => !before.some((other) => other !== one && isMadeFrom(other, one)));
    return { ...place, from: direct.map(({ source }) => placeOf(source)) };
  });

  function isMadeFrom(place: Pick<Place, "source">, one: Pick<Place, "source">): boolean {
    return dependence.of(place.source).has(placeOf(one.source));
  }
}

/** The truth at a place for the record, if there is any. */
function truthAt({ seam, answer }: Place, rows: RowSet): Column | undefined {
  const truth =
    seam === undefined
      ? answer === undefined
        ? undefined
        : rows.field(answer.target)
      : seamTruth(seam, rows);
  const isThere = truth !== undefined && (truth.present.includes(1) || (truth.lengths?.[0] ?? -1) === 0);
  return isThere ? truth : undefined;
}

function judged(place: Place, value: Column, rows: RowSet): Omit<TracedValue, "edited"> {
  const label = place.seam?.label ?? place.answer?.target;
  const metric = place.seam?.metric ?? place.answer?.metric;
  const truth = truthAt(place, rows);
  return {
    place: placeOf(place.source),
    from: place.from,
    value,
    ...(label === undefined ? {} : { label }),
    ...(truth === undefined ? {} : { truth }),
    ...(truth === undefined || metric === undefined
      ? {}
      : { judgement: judge(metric, truth, convertColumn(value, truth.type)) }),
  };
}

function judge(metric: MetricName, truth: Column, predicted: Column): Judgement {
  const score = metrics[metric].score(truth, predicted);
  const correct = isNamed(truth)
    ? exactMatch.correct(truth, predicted)
    : metrics[metric].correct?.(truth, predicted);
  return {
    metric,
    ...(score === undefined ? {} : { score }),
    ...(correct === undefined || correct[0] === -1 ? {} : { right: correct[0] === 1 }),
  };
}

async function outcomeOf(
  question: Pick<Parameters<typeof answered>[1], "problem" | "resolver"> & { readonly phase: EvaluatePhase },
  rows: RowSet,
): Promise<Outcome> {
  const headline = question.problem.metrics[0]?.metric;
  const judgements: Judgement[] = [];
  for (const answer of question.phase.answers.filter(({ metric }) => metric === headline)) {
    const { truth, predicted } = await answered(answer, question, rows);
    if (truth.present.includes(1) || (truth.lengths?.[0] ?? -1) === 0)
      judgements.push(judge(answer.metric, truth, predicted));
  }
  const scores = judgements.flatMap(({ score }) => score ?? []);
  const rights = judgements.flatMap(({ right }) => right ?? []);
  return {
    ...(scores.length === 0 ? {} : { score: scores.reduce((sum, one) => sum + one, 0) / scores.length }),
    ...(rights.length === 0 || rights.length < judgements.length
      ? {}
      : { right: rights.every((right) => right) }),
  };
}

const overridesOf = (edits: Edits): Overrides =>
  new Map([...edits].map(([place, column]) => [place, () => Promise.resolve(column)]));

const isEqual = (truth: Column, value: Column): boolean => exactMatch.correct(truth, value)[0] !== 0;
