import type { TrainingPlan, TrainPhase } from "../compile/plan";
import { describeType } from "../graph/assignable";
import { networkFacts } from "../layers/network";
import { isHeadLayer } from "../train/start";

/** A learned stage as far as another can start from it. */
export interface StageLayers {
  readonly stage: string;
  /** Types of its inputs, in words, in the order of its ports. */
  readonly inputs: readonly string[];
  /** Layers with weights that training changes, from the input on, without the heads. */
  readonly hidden: readonly { readonly name: string; readonly shapes: readonly string[] }[];
}

/** Every stage that a plan trains, with its hidden layers. */
export const stageLayers = ({ phases }: TrainingPlan): readonly StageLayers[] =>
  phases
    .filter((phase): phase is TrainPhase => phase.do === "train")
    .flatMap((phase) => phase.train.map((stage) => layersOf(stage, phase)));

function layersOf(stage: string, { network, layersOf: byStage, inputs }: TrainPhase): StageLayers {
  const facts = networkFacts(network);
  const own = new Set(byStage[stage] ?? []);
  const layers = facts.is === "misfit" ? [] : facts.layers;
  return {
    stage,
    inputs: inputs.filter(({ name }) => name.startsWith(`${stage}.`)).map(({ type }) => describeType(type)),
    hidden: layers
      .filter(({ layer }) => own.has(layer.id) && !isHeadLayer(network, layer.id))
      .filter(({ weights }) => weights.some(({ trainable }) => trainable))
      .map(({ layer, weights }) => ({
        name: layer.id.slice(stage.length + 1),
        shapes: weights.map(({ name, shape }) => `${name} [${shape.join(" × ")}]`),
      })),
  };
}

/** Why a stage cannot start from another; undefined where it can. Heads are new anyway. */
export function misfitOf(target: StageLayers, source: StageLayers): string | undefined {
  if (target.hidden.length === 0) return `${target.stage} has no hidden layer to start from`;
  if (target.inputs.join() !== source.inputs.join())
    return `${target.stage} gets ${target.inputs.join(", ")}, ${source.stage} was made for ${source.inputs.join(", ")}`;
  for (const { name, shapes } of target.hidden) {
    const given = source.hidden.find((layer) => layer.name === name);
    const seen = given === undefined ? "no such layer" : given.shapes.join(", ");
    if (seen !== shapes.join(", "))
      return `in the layer ${name} of ${target.stage} there is ${shapes.join(", ")}, in ${source.stage} ${seen}`;
  }
  return undefined;
}
