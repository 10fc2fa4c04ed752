import { hashJson } from "../graph/canonical";
import type { ContentHash } from "../ids";
import type { Network } from "../layers/layer";
import type { StageRegistry } from "../stages/stage";
import type { EvaluatePhase, TrainPhase, ValueSource } from "./plan";

/** Hashes value sources. */
export type SourceHasher = (source: ValueSource) => ContentHash;

type Unsigned<P> = Omit<P, "signature" | "cost">;

/**
 * Hash of everything in a phase that can change what it learns. Stages go by their place in the phase, not by their
 * names: the same stages under other names, or in another pipeline, have the same signature.
 */
export function signTraining(phase: Unsigned<TrainPhase>, hash: SourceHasher): ContentHash {
  const rename = stageNames(phase);
  return hashJson({
    network: renameNetwork(phase.network, rename),
    inputs: phase.inputs.map(({ name, mode, source, type, each }) => [
      rename(name),
      mode,
      hash(source),
      type,
      each,
    ]),
    losses: phase.losses.map(({ stage, head, output, mask: _, type, ...loss }) => ({
      ...loss,
      output: rename(output),
      mask: head.mask,
      type,
    })),
    optimiser: { ...phase.optimiser, layerRates: renameKeys(phase.optimiser.layerRates, rename) },
    training: phase.training,
    start: renameKeys(phase.start, rename),
  });
}

/** Hash of everything in an evaluation that can change its scores. */
export function signEvaluation(phase: Unsigned<EvaluatePhase>, hash: SourceHasher): ContentHash {
  return hashJson({
    answers: phase.answers.map(({ target, metric, source }) => [target, metric, hash(source)]),
    seams: phase.seams.map(({ label, metric, source }) => [label, metric, hash(source)]),
  });
}

/** Names of a phase's stages, replaced by their numbers, in `stage`, `stage.port` and `stage/layer`. */
function stageNames({ train }: Pick<TrainPhase, "train">): (name: string) => string {
  const number = new Map<string, string>(train.map((stage, index) => [stage, String(index + 1)]));
  return (name) => {
    const end = name.search(/[./]/);
    const stage = end < 0 ? name : name.slice(0, end);
    return `${number.get(stage) ?? stage}${end < 0 ? "" : name.slice(end)}`;
  };
}

function renameNetwork({ inputs, layers, outputs }: Network, rename: (name: string) => string): unknown {
  return {
    inputs: renameKeys(inputs, rename),
    layers: layers.map(({ id, from, ...layer }) => ({ ...layer, id: rename(id), from: from.map(rename) })),
    outputs: Object.entries(outputs).map(([name, layer]) => [rename(name), rename(layer)]),
  };
}

const renameKeys = <T>(
  record: Readonly<Record<string, T>>,
  rename: (name: string) => string,
): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));

/**
 * Makes the hasher of a plan's sources, from versions of kinds and the signatures of phases, which it reads when it first
 * meets them. Shared parts are hashed once, so that deep pipelines take no longer than they are long.
 */
export function sourceHasher(
  stages: StageRegistry,
  signatureOf: ReadonlyMap<string, ContentHash>,
): SourceHasher {
  const known = new Map<ValueSource, ContentHash>();
  const hash = (source: ValueSource): ContentHash => {
    const before = known.get(source) ?? hashJson(content(source));
    known.set(source, before);
    return before;
  };
  const content = (source: ValueSource): unknown => {
    switch (source.is) {
      case "field":
        return source;
      case "computed": {
        const { stage: _, inputs, ...rest } = source;
        const entries = Object.entries(inputs).map(([port, inner]) => [port, hash(inner)]);
        return { ...rest, version: stages.get(source.kind)?.version, inputs: entries };
      }
      case "predicted":
      case "cross-fitted": {
        const { stage: _, phase, inputs, ...rest } = source;
        // Which of the phase's stages it is, its inputs tell apart; equal ones give equal values.
        return { ...rest, phase: signatureOf.get(phase), inputs: Object.values(inputs).map(hash) };
      }
    }
  };
  return hash;
}
