import { networkFacts } from "../layers/network";
import type { EvaluatePhase, TrainingPlan, TrainPhase, ValueSource } from "./plan";

/**
 * What holds for every plan, whatever was drawn. The compiler guarantees it; tests ask for it after every compilation,
 * so that a broken promise is found where it is made and not three steps later.
 *
 * @returns the promises that are broken, in words; none for a sound plan
 */
export function verifyPlan({ phases }: TrainingPlan): readonly string[] {
  const broken: string[] = [];
  const trained = new Map<string, TrainPhase>();
  const evaluations = phases.filter((phase): phase is EvaluatePhase => phase.do === "evaluate");
  if (evaluations.length !== 1 || phases.at(-1) !== evaluations[0])
    broken.push("a plan ends with its one evaluation");
  for (const phase of phases) {
    for (const id of phase.after) {
      if (!trained.has(id)) broken.push(`${phase.id} comes after ${id}, which isn't before it`);
    }
    if (phase.do === "evaluate") broken.push(...verifyEvaluation(phase, trained));
    else {
      broken.push(...verifyTraining(phase, trained));
      trained.set(phase.id, phase);
    }
  }
  return broken;
}

type Trained = ReadonlyMap<string, TrainPhase>;

function verifyTraining(phase: TrainPhase, trained: Trained): string[] {
  const { id, network, inputs, layersOf, losses } = phase;
  const broken: string[] = [];
  const facts = networkFacts(network);
  if (facts.is === "misfit") return [`${id}: its layer ${facts.layer} does not fit: ${facts.reason}`];
  const sizes = new Map(
    facts.layers.map(({ layer, shape }) => [layer.id, shape.reduce((size, side) => size * side, 1)]),
  );
  const fed = inputs.map(({ name }) => name).sort();
  if (fed.join() !== Object.keys(network.inputs).sort().join())
    broken.push(`${id}: what is fed is not what the network reads`);
  const placed = Object.values(layersOf).flat().sort();
  if (
    placed.join() !==
    network.layers
      .map((layer) => layer.id)
      .sort()
      .join()
  ) {
    broken.push(`${id}: a layer belongs to no stage, or to two`);
  }
  if (losses.length === 0) broken.push(`${id}: nothing supervises it`);
  for (const { output, slots, width } of losses) {
    const layer = network.outputs[output];
    if (layer === undefined || sizes.get(layer) !== slots * width) {
      broken.push(`${id}: the output ${output} does not give ${slots} × ${width} values`);
    }
  }
  for (const { name, source } of inputs) broken.push(...verifySource(source, `${id}, ${name}`, trained));
  for (const { answers, round } of phase.gatherings ?? [])
    for (const { source } of answers) broken.push(...verifySource(source, `${id}, round ${round}`, trained));
  return broken;
}

function verifyEvaluation({ answers, seams }: EvaluatePhase, trained: Trained): string[] {
  const broken = answers.length === 0 ? ["the evaluation answers nothing"] : [];
  for (const { target, source } of answers) broken.push(...verifySource(source, `answer ${target}`, trained));
  for (const { stage, source } of seams) broken.push(...verifySource(source, `seam of ${stage}`, trained));
  return broken;
}

/** A model is used only after it was trained, fed with all that it needs, and never by a fold when serving. */
function verifySource(source: ValueSource, where: string, trained: Trained): string[] {
  if (source.is === "field") return [];
  const broken = Object.values(source.inputs).flatMap((inner) => verifySource(inner, where, trained));
  if (source.is === "computed") return broken;
  const phase = trained.get(source.phase);
  if (phase === undefined) return [...broken, `${where}: uses ${source.phase} before it is trained`];
  if (!Object.hasOwn(phase.network.outputs, `${source.stage}.${source.port}`)) {
    broken.push(`${where}: ${source.phase} does not give ${source.stage}.${source.port}`);
  }
  for (const name of Object.keys(source.inputs)) {
    if (!Object.hasOwn(phase.network.inputs, name))
      broken.push(`${where}: ${source.phase} does not read ${name}`);
  }
  return broken;
}
