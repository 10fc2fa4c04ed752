import type { TrainPhase, ValueSource, ValueSources } from "../compile/plan";
import type { Column } from "../data/column";
import { gatherRows, joinColumns } from "../data/gather";
import type { StageId } from "../ids";
import type { StageRegistry } from "../stages/stage";
import { decodeHead, encodeRaw, type HeadFacts, type Presence } from "./columns";
import { cutPhase } from "./cut-phase";
import type { Fit, PhaseFits } from "./fits";
import type { KeptPredictions, Modelled, Prediction } from "./kept-predictions";
import { type Dependence, outputsBefore, type Overrides, placeOf } from "./overrides";
import type { Predictor } from "./predict";
import { type FedInput, inputsOf, presenceOf } from "./presence";
import type { RowSet } from "./row-set";
import { type Computed, runAlgorithm } from "./run-algorithm";
import type { SourceKeys } from "./source-keys";
import type { ResidentArray } from "./stepper";
import type { PhaseArtifact } from "./trial";

/** Computes values over rows. Equal trees over equal rows are computed once. */
export interface Resolver {
  resolve(source: ValueSource, rows: RowSet): Promise<Column>;
}

/** What values are computed with. */
export interface ResolverParts {
  readonly predictor: Predictor;
  readonly keys: SourceKeys;
  readonly stages: StageRegistry;
  readonly fits: ReadonlyMap<string, PhaseFits>;
  /** The result of a fit. @throws Error when it has not ended */
  artifactOf(fit: Fit): PhaseArtifact;
  /** The rows whose values are predicted by models that have not seen them, where a link cross-fits. */
  readonly training: RowSet;
  /** Absent: networks predict anew. */
  readonly kept?: KeptPredictions;
  /** Values that are replaced; everything that doesn't depend on them comes from `unchanged`. */
  readonly replacing?: {
    readonly overrides: Overrides;
    readonly dependence: Dependence;
    readonly unchanged: Resolver;
  };
}

/** Makes a resolver that remembers what it has computed. All outputs of one run of a stage are computed together. */
export function createResolver(parts: ResolverParts): Resolver {
  const known = new Map<string, Promise<Column>>();
  const runs = new Map<string, Promise<Columns>>();
  const { replacing, keys } = parts;
  const own = async (source: ValueSource, rows: RowSet): Promise<Column> => {
    if (!isRun(source, parts)) return compute(source, rows, { ...parts, ...resolver });
    const key = `${rows.name} ${keys.runOf(source)}`;
    // Siblings differ in nothing but their port.
    const outputs = keys.siblings(source) as readonly Run[];
    const run = runs.get(key) ?? runWhole(outputs, rows, { ...parts, ...resolver });
    runs.set(key, run);
    return columnAt(await run, source);
  };
  const resolver: Resolver = {
    resolve: (source, rows) => {
      if (replacing !== undefined && !isReplaced(source, replacing))
        return replacing.unchanged.resolve(source, rows);
      const key = `${rows.name} ${keys.of(source)}`;
      const override = replacing?.overrides.get(placeOf(source));
      const column =
        known.get(key) ??
        (override === undefined ? own(source, rows) : override(() => own(source, rows), rows));
      known.set(key, column);
      return column;
    },
  };
  return resolver;
}

/** A source that is one of the outputs of a whole run of its stage. */
type Run = Computed | Extract<ValueSource, { is: "predicted" }>;

/** Whether a stage's own value comes from a plain run of it: nothing is replaced inside its network. */
function isRun(source: ValueSource, { replacing, fits }: ResolverParts): source is Run {
  if (source.is === "computed") return true;
  if (source.is !== "predicted") return false;
  const phase = fits.get(source.phase)?.full.phase;
  if (replacing === undefined || phase === undefined) return true;
  return !outputsBefore(phase, placeOf(source)).some((name) => replacing.overrides.has(name));
}

type Columns = Readonly<Record<string, Column>>;

function columnAt(columns: Columns, source: Run | Modelled): Column {
  const column = columns[placeOf(source)];
  if (column === undefined) throw new Error(`resolve: ${placeOf(source)} was not computed`);
  return column;
}

/** All these outputs of one stage, by place. */
async function runWhole(outputs: readonly Run[], rows: RowSet, parts: Computation): Promise<Columns> {
  const [first] = outputs;
  if (first === undefined) return {};
  if (first.is === "computed") {
    const inputs = await resolveAll(first.inputs, rows, parts);
    const types = Object.fromEntries(outputs.flatMap(({ port, type }) => [[port, type] as const]));
    const columns = runAlgorithm(first, { inputs, types }, parts.stages);
    return Object.fromEntries(outputs.map((one) => [placeOf(one), portOf(columns, one)]));
  }
  // Siblings of what is predicted are.
  return predictAll(fitsOf(first, parts).full, { outputs: outputs.filter(isPredicted), rows }, parts);
}

const isPredicted = (run: Run): run is Extract<Run, { is: "predicted" }> => run.is === "predicted";

function portOf(columns: Columns, { stage, port }: Run): Column {
  const column = columns[port];
  if (column === undefined) throw new Error(`resolve: ${stage} gave no ${port}`);
  return column;
}

type Computation = ResolverParts & Resolver;
type Replacing = NonNullable<ResolverParts["replacing"]>;

function isReplaced(source: ValueSource, { overrides, dependence }: Replacing): boolean {
  const places = dependence.of(source);
  for (const place of overrides.keys()) if (places.has(place)) return true;
  return false;
}

async function compute(source: ValueSource, rows: RowSet, parts: Computation): Promise<Column> {
  switch (source.is) {
    case "field":
      return rows.field(source.field);
    case "computed":
      return columnAt(await runWhole([source], rows, parts), source);
    case "predicted":
      return predictWith(fitsOf(source, parts).full, { source, rows }, parts);
    case "cross-fitted":
      return rows.name === parts.training.name
        ? predictUnseen(source, rows, parts)
        : predictWith(fitsOf(source, parts).full, { source, rows }, parts);
  }
}

async function resolveAll(
  sources: ValueSources,
  rows: RowSet,
  resolver: Resolver,
): Promise<Readonly<Record<string, Column>>> {
  const columns: Record<string, Column> = {};
  for (const [port, source] of Object.entries(sources)) columns[port] = await resolver.resolve(source, rows);
  return columns;
}

function fitsOf(source: Modelled, { fits }: ResolverParts): PhaseFits {
  const found = fits.get(source.phase);
  if (found === undefined) throw new Error(`resolve: the phase ${source.phase} has no fit`);
  return found;
}

interface PredictionCall {
  readonly source: Modelled;
  readonly rows: RowSet;
  /** Only these positions in `rows`. Absent: all. */
  readonly only?: Int32Array;
}

async function predictWith(
  fit: Fit,
  { source, rows, only }: PredictionCall,
  parts: Computation,
): Promise<Column> {
  const { phase } = fit;
  const output = placeOf(source);
  const cuts = outputsBefore(phase, output).filter((name) => parts.replacing?.overrides.has(name) === true);
  if (cuts.length > 0) return predictCut(fit, { source, rows, cuts }, parts);
  if (only === undefined) return columnAt(await predictAll(fit, { outputs: [source], rows }, parts), source);
  const all = await feedInputs(phase, { output, sources: source.inputs, rows }, parts);
  const fed = all.map(({ input, column }) => ({ input, column: gatherRows(column, only) }));
  const artifact = parts.artifactOf(fit);
  const raw = (await parts.predictor.predict({ phase, artifact, fed, outputs: [output] }))[output];
  if (raw === undefined) throw new Error(`resolve: ${phase.id} gave no ${output}`);
  const presence = presenceOf(source.type, only.length, fed);
  return decodeHead(raw, source.type, { presence, ...learnedFacts(fit, artifact, output) });
}

interface WholePrediction {
  readonly outputs: readonly Modelled[];
  readonly rows: RowSet;
}

/** Several outputs of one network at once, as they were kept where nothing that feeds it is replaced. */
async function predictAll(fit: Fit, question: WholePrediction, parts: Computation): Promise<Columns> {
  const { outputs, rows } = question;
  const artifact = parts.artifactOf(fit);
  const compute = (): Promise<ReadonlyMap<string, Prediction>> => predictRaw(fit, question, parts);
  const predictions =
    parts.kept === undefined || parts.replacing !== undefined
      ? await compute()
      : await parts.kept.of(outputs, rows, compute);
  return Object.fromEntries(
    outputs.map((source) => {
      const output = placeOf(source);
      const prediction = predictions.get(output);
      if (prediction === undefined) throw new Error(`resolve: ${fit.phase.id} gave no ${output}`);
      const { raw, presence } = prediction;
      return [output, decodeHead(raw, source.type, { presence, ...learnedFacts(fit, artifact, output) })];
    }),
  );
}

async function predictRaw(
  fit: Fit,
  { outputs, rows }: WholePrediction,
  parts: Computation,
): Promise<ReadonlyMap<string, Prediction>> {
  const { phase } = fit;
  const fed = new Map<string, FedInput>();
  const presences = new Map<string, Presence>();
  for (const source of outputs) {
    const own = await feedInputs(phase, { output: placeOf(source), sources: source.inputs, rows }, parts);
    presences.set(placeOf(source), presenceOf(source.type, rows.rows.length, own));
    for (const one of own) fed.set(one.input.name, one);
  }
  const values = await parts.predictor.predict({
    phase,
    artifact: parts.artifactOf(fit),
    fed: [...fed.values()],
    outputs: [...presences.keys()],
  });
  const predictions = new Map<string, Prediction>();
  for (const [output, presence] of presences) {
    const raw = values[output];
    if (raw !== undefined) predictions.set(output, { raw, presence });
  }
  return predictions;
}

/** Predicts inside a network that was trained as one, with some of the values that joint links carry replaced. */
async function predictCut(
  fit: Fit,
  { source, rows, cuts }: PredictionCall & { readonly cuts: readonly string[] },
  parts: Computation,
): Promise<Column> {
  const output = placeOf(source);
  const whole = { phase: fit.phase, artifact: parts.artifactOf(fit) };
  // Of two on one path, the later one decides; the earlier one is then not needed any more.
  const { phase, artifact, inputs } = cutPhase(whole, output, cuts);
  const fed = [...(await feedInputs(phase, { output, sources: source.inputs, rows }, parts))];
  const raw: Record<string, ResidentArray> = {};
  const each = phase.network.layers.some(({ id }) => id.startsWith(`${source.stage}/fold:`));
  for (const name of cuts) {
    const input = inputs[name] ?? name;
    const shape = phase.network.inputs[input];
    const type = fit.phase.losses.find((term) => term.output === name)?.type;
    if (shape === undefined || type === undefined) continue;
    const [stage = "", port = ""] = name.split(".");
    const inner = { ...source, stage: stage as StageId, port, type }; // an output of the same phase: the same inputs
    const column = await parts.resolve(inner, rows);
    const scale = whole.artifact.scales[name];
    raw[input] = {
      rows: column.rows,
      shape,
      data: encodeRaw(column, type, scale === undefined ? {} : { scale }),
    };
    fed.push({ input: { name: input, mode: "joint", source: inner, type, each }, column });
  }
  const given = (await parts.predictor.predictOnce({ phase, artifact, fed, raw, outputs: [output] }))[output];
  if (given === undefined) throw new Error(`resolve: ${phase.id} gave no ${output}`);
  const presence = presenceOf(source.type, rows.rows.length, fed);
  return decodeHead(given, source.type, { presence, ...learnedFacts(fit, artifact, output) });
}

/** What an output's raw values have to be read with. */
function learnedFacts({ phase }: Fit, { scales }: Pick<PhaseArtifact, "scales">, output: string): HeadFacts {
  const scale = scales[output];
  const loss = phase.losses.find((term) => term.output === output)?.loss;
  return { ...(scale === undefined ? {} : { scale }), ...(loss === undefined ? {} : { loss }) };
}

interface FeedQuestion {
  readonly output: string;
  readonly sources: ValueSources;
  readonly rows: RowSet;
}

/** Values for the phase's inputs that an output needs, from what a source says feeds them outside of training. */
async function feedInputs(
  phase: TrainPhase,
  { output, sources, rows }: FeedQuestion,
  resolver: Resolver,
): Promise<readonly FedInput[]> {
  const fed: FedInput[] = [];
  for (const input of inputsOf(phase, output)) {
    const source = sources[input.name];
    if (source === undefined) throw new Error(`resolve: nothing feeds ${input.name} of ${phase.id}`);
    fed.push({ input, column: await resolver.resolve(source, rows) });
  }
  return fed;
}

/** Each training row by the model of the fold that it was left out of; rows that no model has seen by the full one. */
async function predictUnseen(
  source: Extract<ValueSource, { is: "cross-fitted" }>,
  rows: RowSet,
  parts: Computation,
): Promise<Column> {
  const { full, folds } = fitsOf(source, parts);
  const crossFit = folds.get(source.folds);
  if (crossFit === undefined)
    throw new Error(`resolve: ${source.phase} was not fitted in ${source.folds} folds`);
  const columns: Column[] = [];
  const order: number[] = [];
  for (const [fold, fit] of [[-1, full] as const, ...crossFit.fits.entries()]) {
    const only = Int32Array.from(rows.rows.keys()).filter((row) => crossFit.foldOf[row] === fold);
    if (only.length === 0) continue;
    columns.push(await predictWith(fit, { source, rows, only }, parts));
    order.push(...only);
  }
  const placeOf = new Int32Array(order.length);
  order.forEach((row, place) => {
    placeOf[row] = place;
  });
  return gatherRows(joinColumns(columns), placeOf);
}
