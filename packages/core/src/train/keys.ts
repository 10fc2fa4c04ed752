import { consumedFields } from "../compile/consumed-fields";
import type { TrainPhase } from "../compile/plan";
import { hashBytes, hashJson } from "../graph/canonical";
import type { ContentHash, Seed } from "../ids";
import type { BudgetRows } from "./budget";
import { eachSource, type Fit, type PhaseFits } from "./fits";
import type { EngineInfo } from "./stepper";

/**
 * Everything that can change what a fit learns, under names for people. `stage` only says whose fit it is: it finds the
 * nearest earlier one, and is no part of the key.
 */
export interface FitFacts extends Readonly<Record<string, string>> {
  readonly stage: string;
}

/** A fit with its place in the cache. */
export interface KeyedFit extends Fit {
  readonly key: ContentHash;
  readonly facts: FitFacts;
}

/** What all keys of a trial depend on. */
export interface KeyQuestion {
  readonly fits: ReadonlyMap<string, PhaseFits>;
  readonly budget: BudgetRows;
  readonly seed: Seed;
  readonly engine: EngineInfo;
  /** The data's own hash. */
  readonly data: string;
}

/** Keys by fit: equal for fits that learn the same, whatever their stages and pipelines are called. */
export type FitKeys = ReadonlyMap<Fit, KeyedFit>;

/** Gives every fit its key. Phases come after those that they take inputs from. */
export function keyFits(question: KeyQuestion): FitKeys {
  const keys = new Map<Fit, KeyedFit>();
  for (const { full, folds } of question.fits.values()) {
    for (const fit of [full, ...[...folds.values()].flatMap((crossFit) => crossFit.fits)]) {
      keys.set(fit, keyFit(fit, question, keys));
    }
  }
  return keys;
}

function keyFit(fit: Fit, question: KeyQuestion, keys: FitKeys): KeyedFit {
  const { phase } = fit;
  const facts = {
    stage: `${phase.train.join(" + ")}${fit.id.slice(phase.id.length)}`,
    definition: phase.signature,
    data: question.data,
    rows: hashRows(question.budget, [fit.train, fit.validation]),
    labels: visibleLabels(fit, question.budget),
    seed: String(question.seed),
    engine: engineName(question.engine),
    "stages before it": hashJson(
      upstreamFits(phase, question.fits)
        .map((upstream) => keys.get(upstream)?.key ?? "")
        .sort(),
    ),
  };
  const { stage: _, ...decisive } = facts;
  return { ...fit, key: hashJson(decisive), facts };
}

/** Same name: same bits. Node is left out: all arithmetic that decides is in the backend or exact. */
const engineName = ({ version, backend, form, kernels, threads }: EngineInfo): string =>
  `${version} ${backend} ${form} ${kernels} ${threads}`;

function hashRows({ rows }: BudgetRows, parts: readonly Int32Array[]): string {
  const ids = parts.map((positions) => positions.map((position) => rows[position] ?? -1));
  return hashJson(
    ids.map((part) => hashBytes(new Uint8Array(part.buffer, part.byteOffset, part.byteLength))),
  );
}

/** How many of the fit's rows may show each label that it consumes, where it isn't all of them. */
function visibleLabels({ phase, train, validation }: Fit, { limits }: BudgetRows): string {
  const consumed = [...consumedFields(phase)].sort().filter((field) => Object.hasOwn(limits, field));
  const counts = consumed.map((field): [string, string] => {
    const limit = limits[field] ?? 0;
    const seen = [train, validation].map((rows) => {
      const visible = rows.filter((row) => row < limit).length;
      return visible === rows.length ? "all" : String(visible);
    });
    return [field, seen.join("+")];
  });
  return JSON.stringify(counts.filter(([, seen]) => seen !== "all+all"));
}

/** The fits that the phase's training inputs come from, and those that act where moments are gathered for it. */
export function upstreamFits(phase: TrainPhase, fits: ReadonlyMap<string, PhaseFits>): readonly Fit[] {
  const upstream = new Set<Fit>();
  const acting = (phase.gatherings ?? []).flatMap(({ answers }) => answers);
  for (const { source } of [...phase.inputs, ...acting]) {
    eachSource(source, (inner) => {
      if (inner.is !== "predicted" && inner.is !== "cross-fitted") return;
      const phaseFits = fits.get(inner.phase);
      if (phaseFits === undefined)
        throw new Error(`keys: the phase ${inner.phase} has no fit before ${phase.id}`);
      upstream.add(phaseFits.full);
      if (inner.is !== "cross-fitted") return;
      for (const fold of phaseFits.folds.get(inner.folds)?.fits ?? []) upstream.add(fold);
    });
  }
  return [...upstream];
}

/** Why a fit is trained now, for people. */
export function becauseOfMiss(differing: readonly string[]): string {
  if (differing.length === 0) return "not trained before";
  const words = differing.map((name) => (name === "stages before it" ? name : `its ${name}`));
  return `${words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0]} changed`;
}

/** Why a fit is not trained again. */
export const BECAUSE_OF_HIT = "trained before: same definition, rows, labels, seed and engine";
