import { canonicalJson, hashText } from "../graph/canonical";
import type { FieldType } from "../graph/field-type";
import type { ContentHash } from "../ids";
import type { StageRegistry } from "../stages/stage";
import type { EvaluatePhase, TrainPhase, ValueSource } from "./plan";

/** Hashes what stands in many places of a plan once. */
export interface SourceHasher {
  source(source: ValueSource): ContentHash;
  type(type: FieldType): ContentHash;
}

type Unsigned<P> = Omit<P, "signature" | "cost">;

/**
 * Hash of everything in a phase that can change what it learns. Stages go by their place in the phase, not by their
 * names: the same stages under other names, or in another pipeline, have the same signature. Written as lines of plain
 * JSON, since a pipeline is signed on every edit: building canonical objects only to hash them took most of the
 * compiler's time, and the compiler writes every object's keys in one order anyway.
 */
export function signTraining(phase: Unsigned<TrainPhase>, hash: SourceHasher): ContentHash {
  const rename = stageNames(phase);
  const lines: string[] = [];
  const { layerRates, ...optimiser } = phase.optimiser;
  for (const [name, shape] of Object.entries(phase.network.inputs))
    lines.push(`${rename(name)} ${shape.join()}`);
  for (const { id, kind, params, from } of phase.network.layers) {
    lines.push(`${rename(id)} ${kind} ${JSON.stringify(params)} ${from.map(rename).join()}`);
  }
  for (const [name, layer] of Object.entries(phase.network.outputs))
    lines.push(`${rename(name)} ${rename(layer)}`);
  for (const { name, mode, source, type, each } of phase.inputs) {
    lines.push(`${rename(name)} ${mode} ${hash.source(source)} ${each} ${hash.type(type)}`);
  }
  for (const {
    output,
    target,
    head,
    type,
    loss,
    slots,
    width,
    weight,
    normalise,
    unitScale,
  } of phase.losses) {
    const rest = JSON.stringify([
      target,
      head.mask ?? null,
      loss,
      slots,
      width,
      weight,
      normalise,
      unitScale,
      ...(head.labelShare === undefined ? [] : [{ share: head.labelShare }]),
      ...(head.shuffleLabels === undefined ? [] : ["shuffled"]),
    ]);
    lines.push(`${rename(output)} ${hash.type(type)} ${rest}`);
  }
  lines.push(JSON.stringify([optimiser, phase.training]));
  for (const [layer, rate] of Object.entries(layerRates)) lines.push(`${rename(layer)} ${rate}`);
  for (const [stage, start] of Object.entries(phase.start))
    lines.push(`${rename(stage)} ${canonicalJson(start)}`);
  for (const { round, share, environment, answers, sees, asks } of phase.gatherings ?? []) {
    const acts = answers.map(({ target, source: of }) => `${target} ${hash.source(of)}`);
    lines.push(`gather ${JSON.stringify([round, share, environment, acts, sees, asks])}`);
  }
  return hashText(lines.join("\n"));
}

/** Hash of everything in an evaluation that can change its scores. */
export function signEvaluation(phase: Unsigned<EvaluatePhase>, hash: SourceHasher): ContentHash {
  // Lists of strings under two names in order: as it stands, this is canonical.
  return hashText(
    JSON.stringify({
      answers: phase.answers.map(({ target, metric, source }) => [target, metric, hash.source(source)]),
      seams: phase.seams.map(({ label, metric, source }) => [label, metric, hash.source(source)]),
    }),
  );
}

/** Names of a phase's stages, replaced by their numbers, in `stage`, `stage.port` and `stage/layer`. */
function stageNames({ train }: Pick<TrainPhase, "train">): (name: string) => string {
  const number = new Map<string, string>(train.map((stage, index) => [stage, String(index + 1)]));
  return (name) => {
    let end = 0;
    while (end < name.length && name[end] !== "." && name[end] !== "/") end++;
    const stage = name.slice(0, end);
    return `${number.get(stage) ?? stage}${name.slice(end)}`;
  };
}

/**
 * Makes the hasher of a plan's sources, from versions of kinds and the signatures of phases, which it reads when it first
 * meets them. Shared parts are hashed once, so that deep pipelines take no longer than they are long.
 */
export function sourceHasher(
  stages: StageRegistry,
  signatureOf: ReadonlyMap<string, ContentHash>,
): SourceHasher {
  const known = new Map<ValueSource, ContentHash>();
  const types = new Map<FieldType, ContentHash>();
  // Stages that read the same have objects of their own with the same text, and hashing is what takes time here.
  const texts = new Map<string, ContentHash>();
  const hashOnce = (text: string): ContentHash => {
    const hash = texts.get(text) ?? hashText(text);
    texts.set(text, hash);
    return hash;
  };
  const type = (of: FieldType): ContentHash => {
    const hash = types.get(of) ?? hashOnce(canonicalJson(of));
    types.set(of, hash);
    return hash;
  };
  const source = (of: ValueSource): ContentHash => {
    const hash = known.get(of) ?? hashOnce(content(of));
    known.set(of, hash);
    return hash;
  };
  const content = (of: ValueSource): string => {
    switch (of.is) {
      case "field":
        return `field ${of.field}`;
      case "computed": {
        const inputs = Object.entries(of.inputs).map(([port, inner]) => `${port} ${source(inner)}`);
        const kind = `${of.kind} ${stages.get(of.kind)?.version} ${canonicalJson(of.params)}`;
        return [kind, of.each, of.port, type(of.type), ...inputs].join("\n");
      }
      case "predicted":
      case "cross-fitted": {
        // Which of the phase's stages it is, its inputs tell apart; equal ones give equal values.
        const inputs = Object.values(of.inputs).map(source);
        const folds = of.is === "predicted" ? "all" : of.folds;
        return [of.is, folds, of.port, type(of.type), signatureOf.get(of.phase), ...inputs].join("\n");
      }
    }
  };
  return { source, type };
}
