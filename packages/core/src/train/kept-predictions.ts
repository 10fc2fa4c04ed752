import type { ValueSource } from "../compile/plan";
import { hashJson } from "../graph/canonical";
import type { StageRegistry } from "../stages/stage";
import type { Presence } from "./columns";
import type { Fit, PhaseFits } from "./fits";
import type { FitKeys } from "./keys";
import { placeOf } from "./overrides";
import type { RowSet } from "./row-set";
import { stageNumber, withStageNumber } from "./stage-numbers";

/** How inputs are encoded, and which slots count as there; a change of either is a change of this. */
const PREDICTION_VERSION = 1;

/** What a trained network gave over some rows at one of its outputs. */
export interface Prediction {
  /** rows × the output's size */
  readonly raw: Float32Array;
  readonly presence: Presence;
}

/**
 * Content-addressed storage for predictions. Implementations verify bytes on reading; a damaged entry is a miss, and
 * what they don't care to keep is computed again.
 */
export interface PredictionStore {
  get(key: string): Promise<Prediction | undefined>;
  put(key: string, prediction: Prediction): Promise<void>;
}

/** An output of a trained network. */
export type Modelled = Extract<ValueSource, { is: "predicted" | "cross-fitted" }>;

/** By place of the output. */
type Predictions = ReadonlyMap<string, Prediction>;

/** Predictions of networks that may have been made before. */
export interface KeptPredictions {
  /** What these outputs of one network give: as it was kept, else as `compute` says, which is then kept. */
  of(outputs: readonly Modelled[], rows: RowSet, compute: () => Promise<Predictions>): Promise<Predictions>;
}

/** What tells predictions apart. */
export interface PredictionParts {
  readonly fits: ReadonlyMap<string, PhaseFits>;
  readonly keys: FitKeys;
  readonly stages: StageRegistry;
  /** Rows over which cross-fitted values come from several networks. */
  readonly training: RowSet;
}

/** Keeps predictions in a store. */
export function keepPredictions(store: PredictionStore, parts: PredictionParts): KeptPredictions {
  const keyOf = predictionKeys(parts);
  return {
    of: async (outputs, rows, compute) => {
      const keys = new Map<string, string>();
      for (const source of outputs) {
        const key = keyOf(source, rows);
        if (key === undefined) return compute();
        keys.set(placeOf(source), key);
      }
      const found = new Map<string, Prediction>();
      for (const [place, key] of keys) {
        const prediction = await store.get(key);
        if (prediction === undefined) break;
        found.set(place, prediction);
      }
      if (found.size === keys.size) return found;
      const computed = await compute();
      for (const [place, prediction] of computed) {
        const key = keys.get(place);
        if (key !== undefined) await store.put(key, prediction);
      }
      return computed;
    },
  };
}

/**
 * Keys of predictions: everything that can change them. A network goes by its fit's key, which has its definition, its
 * rows, its seed and its engine; what feeds it, by the same rule up to the fields; stages by their number in the phase,
 * not by their name; rows by which records they are and what may be seen of them.
 *
 * @returns undefined where it isn't one network that predicts, or the rows are not of a data set
 */
export function predictionKeys({ fits, keys, stages, training }: PredictionParts) {
  const known = new WeakMap<ValueSource, string>();
  const contentOf = (source: ValueSource): string => {
    const content = known.get(source) ?? hashJson(describe(source));
    known.set(source, content);
    return content;
  };
  const describe = (source: ValueSource): object => {
    switch (source.is) {
      case "field":
        return { field: source.field };
      case "computed": {
        const { kind, params, each, port, type } = source;
        const inputs = Object.entries(source.inputs).map(([name, inner]) => [name, contentOf(inner)]);
        return { kind, version: stages.get(kind)?.version ?? 0, params, each, port, type, inputs };
      }
      case "predicted":
      case "cross-fitted": {
        const fit = fullFit(source, fits);
        const inputs = Object.entries(source.inputs).map(([name, inner]) => [
          withStageNumber(fit.phase, name),
          contentOf(inner),
        ]);
        const output = [stageNumber(fit.phase, source.stage), source.port];
        return { fit: keys.get(fit)?.key ?? "", output, type: source.type, inputs };
      }
    }
  };
  return (source: Modelled, rows: RowSet): string | undefined => {
    const identity = rows.identity?.();
    if (identity === undefined || (rows.name === training.name && isCrossFitted(source))) return undefined;
    return hashJson({ prediction: PREDICTION_VERSION, rows: identity, source: contentOf(source) });
  };
}

function fullFit({ phase }: Modelled, fits: ReadonlyMap<string, PhaseFits>): Fit {
  const found = fits.get(phase);
  if (found === undefined) throw new Error(`predictions: the phase ${phase} has no fit`);
  return found.full;
}

/** Whether any value that a source is made from comes from a cross-fitting. */
const isCrossFitted = (source: ValueSource): boolean =>
  source.is === "cross-fitted" || (source.is !== "field" && Object.values(source.inputs).some(isCrossFitted));
