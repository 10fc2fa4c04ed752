import type { TrainPhase } from "../compile/plan";
import type { StepperState } from "./stepper";
import type { PhaseArtifact, PhaseCheckpoint, StageCache } from "./trial";

/** The part of a cache that keeps what a phase has learned. */
export type PhaseStore = Pick<StageCache, "get" | "put" | "getCheckpoint" | "putCheckpoint">;

/**
 * A phase's view of the cache. Keys don't know what stages are called, so what lies under them must not either: there,
 * a phase's stages go by their numbers, from 1. A pipeline that calls the same stages otherwise finds them trained.
 */
export function phaseStore(cache: StageCache, phase: Pick<TrainPhase, "train">): PhaseStore {
  const numbers = new Map<string, string>(phase.train.map((stage) => [stage, stageNumber(phase, stage)]));
  const names = new Map<string, string>([...numbers].map(([name, number]) => [number, name]));
  return {
    get: async (key) => {
      const artifact = await cache.get(key);
      return artifact && renameArtifact(artifact, names);
    },
    put: (key, artifact, facts) => cache.put(key, renameArtifact(artifact, numbers), facts),
    getCheckpoint: async (key) => {
      const checkpoint = await cache.getCheckpoint(key);
      return checkpoint && renameCheckpoint(checkpoint, names);
    },
    putCheckpoint: (key, checkpoint) => cache.putCheckpoint(key, renameCheckpoint(checkpoint, numbers)),
  };
}

/** What a stage is called in its phase's artifacts. */
export const stageNumber = ({ train }: { readonly train: readonly string[] }, stage: string): string =>
  String(train.indexOf(stage) + 1);

/** A place `stage.port`, with its stage's number instead of its name where the stage is one of the phase's. */
export function withStageNumber(phase: { readonly train: readonly string[] }, place: string): string {
  const stage = place.slice(0, Math.max(0, place.indexOf(".")));
  return phase.train.includes(stage) ? `${stageNumber(phase, stage)}${place.slice(stage.length)}` : place;
}

type Names = ReadonlyMap<string, string>;

const renameArtifact = (artifact: PhaseArtifact, names: Names): PhaseArtifact => ({
  ...artifact,
  state: renameState(artifact.state, names),
  scales: renameKeys(artifact.scales, (output) => renameStart(output, ".", names)),
  weights: renameKeys(artifact.weights, (stage) => names.get(stage) ?? stage),
});

const renameCheckpoint = (checkpoint: PhaseCheckpoint, names: Names): PhaseCheckpoint => ({
  ...checkpoint,
  state: renameState(checkpoint.state, names),
  best: checkpoint.best && { ...checkpoint.best, state: renameState(checkpoint.best.state, names) },
});

/** Weights are `stage/layer/weight`; an optimiser's slots have their own name before that, with a dot in it. */
function renameState(state: StepperState, names: Names): StepperState {
  const rename = (name: string): string => {
    const slash = name.indexOf("/");
    const isSlot = name.slice(0, slash).includes(".");
    return isSlot
      ? `${name.slice(0, slash + 1)}${renameStart(name.slice(slash + 1), "/", names)}`
      : renameStart(name, "/", names);
  };
  return { ...state, arrays: renameKeys(state.arrays, rename) };
}

function renameStart(name: string, end: "." | "/", names: Names): string {
  const at = name.indexOf(end);
  const stage = name.slice(0, at);
  return `${names.get(stage) ?? stage}${name.slice(at)}`;
}

const renameKeys = <T>(
  record: Readonly<Record<string, T>>,
  rename: (name: string) => string,
): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));
