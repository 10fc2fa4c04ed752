import type { TrainPhase, ValueSource, ValueSources } from "../compile/plan";
import type { Column } from "../data/column";
import { gatherRows, joinColumns } from "../data/gather";
import { hashJson } from "../graph/canonical";
import type { StageId } from "../ids";
import { foldColumn, unfoldColumn } from "../stages/each";
import type { AlgorithmKind, StageRegistry } from "../stages/stage";
import { decodeHead, encodeRaw } from "./columns";
import { cutPhase } from "./cut-phase";
import type { Fit, PhaseFits } from "./fits";
import { type Dependence, outputsBefore, type Overrides, placeOf } from "./overrides";
import { predictRaw } from "./predict";
import { type FedInput, inputsOf, presenceOf } from "./presence";
import type { RowSet } from "./row-set";
import type { ResidentArray } from "./stepper";
import type { PhaseArtifact, TrialHost } from "./trial";

/** Computes values over rows. Equal trees over equal rows are computed once. */
export interface Resolver {
  resolve(source: ValueSource, rows: RowSet): Promise<Column>;
}

/** What values are computed with. */
export interface ResolverParts {
  readonly host: Pick<TrialHost, "engine" | "signal" | "breathe">;
  readonly stages: StageRegistry;
  readonly fits: ReadonlyMap<string, PhaseFits>;
  /** The result of a fit. @throws Error when it has not ended */
  artifactOf(fit: Fit): PhaseArtifact;
  /** The rows whose values are predicted by models that have not seen them, where a link cross-fits. */
  readonly training: RowSet;
  /** Values that are replaced; everything that doesn't depend on them comes from `unchanged`. */
  readonly replacing?: {
    readonly overrides: Overrides;
    readonly dependence: Dependence;
    readonly unchanged: Resolver;
  };
}

/** Makes a resolver that remembers what it has computed. */
export function createResolver(parts: ResolverParts): Resolver {
  const known = new Map<string, Promise<Column>>();
  const keys = new WeakMap<ValueSource, string>();
  const keyOf = (source: ValueSource): string => {
    const inputs =
      source.is === "field" ? {} : Object.entries(source.inputs).map(([port, inner]) => [port, keyOf(inner)]);
    const key = keys.get(source) ?? hashJson({ ...source, inputs });
    keys.set(source, key);
    return key;
  };
  const { replacing } = parts;
  const resolver: Resolver = {
    resolve: (source, rows) => {
      if (replacing !== undefined && !isReplaced(source, replacing))
        return replacing.unchanged.resolve(source, rows);
      const key = `${rows.name} ${keyOf(source)}`;
      const column = known.get(key) ?? computeOrReplace(source, rows, { ...parts, ...resolver });
      known.set(key, column);
      return column;
    },
  };
  return resolver;
}

type Computation = ResolverParts & Resolver;
type Replacing = NonNullable<ResolverParts["replacing"]>;

function isReplaced(source: ValueSource, { overrides, dependence }: Replacing): boolean {
  const places = dependence.of(source);
  for (const place of overrides.keys()) if (places.has(place)) return true;
  return false;
}

async function computeOrReplace(source: ValueSource, rows: RowSet, parts: Computation): Promise<Column> {
  const own = (): Promise<Column> => compute(source, rows, parts);
  const override = parts.replacing?.overrides.get(placeOf(source));
  return override === undefined ? own() : override(own, rows);
}

async function compute(source: ValueSource, rows: RowSet, parts: Computation): Promise<Column> {
  switch (source.is) {
    case "field":
      return rows.field(source.field);
    case "computed":
      return runAlgorithm(source, await resolveAll(source.inputs, rows, parts), parts.stages);
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

type Computed = Extract<ValueSource, { is: "computed" }>;
type Modelled = Extract<ValueSource, { is: "predicted" | "cross-fitted" }>;

function runAlgorithm(
  source: Computed,
  inputs: Readonly<Record<string, Column>>,
  stages: StageRegistry,
): Column {
  const kind = stages.get(source.kind);
  if (kind?.role !== "algorithm") throw new Error(`resolve: ${source.kind} is no algorithm`);
  return source.each ? runEach(kind, source, inputs) : runOnce(kind, source, inputs);
}

function runOnce(kind: AlgorithmKind, source: Computed, inputs: Readonly<Record<string, Column>>): Column {
  const outputs = { [source.port]: source.type };
  const column = kind.run({ params: source.params, inputs, outputs })[source.port];
  if (column === undefined) throw new Error(`resolve: ${source.stage} gave no ${source.port}`);
  return column;
}

/** Runs an algorithm on every element; what is no sequence is the same for all elements of a record. */
function runEach(kind: AlgorithmKind, source: Computed, inputs: Readonly<Record<string, Column>>): Column {
  const { type } = source;
  const sequences = Object.values(inputs).filter((column) => column.type.is === "sequence");
  const rows = sequences[0]?.rows ?? 0;
  if (type.is !== "sequence") throw new Error(`resolve: ${source.stage} maps over a sequence and gives none`);
  const elements = Object.fromEntries(
    Object.entries(inputs).map(([port, column]) => [
      port,
      column.type.is === "sequence" ? unfoldColumn(column).elements : repeatRecords(column, type.maxLength),
    ]),
  );
  const lengths = Int32Array.from({ length: rows }, (_, row) =>
    sequences.reduce((least, column) => Math.min(least, column.lengths?.[row] ?? least), type.maxLength),
  );
  return foldColumn(runOnce(kind, { ...source, type: type.of }, elements), type.maxLength, lengths);
}

const repeatRecords = (column: Column, times: number): Column =>
  gatherRows(
    column,
    Int32Array.from({ length: column.rows * times }, (_, copy) => Math.floor(copy / times)),
  );

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
  const all = await feedInputs(phase, { output, sources: source.inputs, rows }, parts);
  const fed =
    only === undefined ? all : all.map(({ input, column }) => ({ input, column: gatherRows(column, only) }));
  const artifact = parts.artifactOf(fit);
  const raw = (await predictRaw({ phase, artifact, fed, outputs: [output] }, parts.host))[output];
  if (raw === undefined) throw new Error(`resolve: ${phase.id} gave no ${output}`);
  const scale = artifact.scales[output];
  const presence = presenceOf(source.type, (only ?? rows.rows).length, fed);
  return decodeHead(raw, source.type, { presence, ...(scale === undefined ? {} : { scale }) });
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
  const given = (await predictRaw({ phase, artifact, fed, raw, outputs: [output] }, parts.host))[output];
  if (given === undefined) throw new Error(`resolve: ${phase.id} gave no ${output}`);
  const scale = artifact.scales[output];
  const presence = presenceOf(source.type, rows.rows.length, fed);
  return decodeHead(given, source.type, { presence, ...(scale === undefined ? {} : { scale }) });
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
