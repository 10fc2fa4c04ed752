import { freezeTooMany } from "../diagnostics/catalog/training";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { StageId } from "../ids";
import { layerKinds } from "../layers/index";
import type { NetworkFacts } from "../layers/network";
import type { Aggregation, ArtifactStart, StageTraining, Training, TrainingSchedule } from "../stages/stage";
import type { OptimiserSpec, RateSchedule } from "../train/stepper";
import type { TypedGraph } from "./plan";

/** Of plain gradient descent, as is usual; Adam has moments of its own. */
const MOMENTUM = 0.9;

/** How a group trains, from how its stages would. */
export interface GroupTraining {
  readonly training: Training;
  /** All but the layers' own rates. */
  readonly optimiser: Omit<OptimiserSpec, "layerRates">;
  /** Of the first stage that asks for it. */
  readonly aggregate?: Aggregation;
}

/**
 * The last supervised stage of a group leads: its optimiser, batches and stopping are the group's, for as many steps as
 * the most patient stage asks for. The others keep their own learning rates.
 */
export function groupTraining(stages: readonly StageId[], graph: TypedGraph): GroupTraining {
  const wishes = stages.map((id) => trainingOf(id, graph));
  const isSupervised = (id: StageId): boolean =>
    graph.learned.get(id)?.heads.some(({ supervision }) => supervision !== undefined) === true;
  const leader = stages.findLast(isSupervised) ?? stages.at(-1);
  const lead = leader === undefined ? undefined : wishes[stages.indexOf(leader)];
  if (lead === undefined) throw new Error("schedule: a group without stages");
  const steps = wishes.reduce((most, wish) => Math.max(most, wish.steps), 0);
  const { aggregate: _, ...own } = lead;
  const training = { ...own, steps };
  const aggregate = wishes.find((wish) => wish.aggregate !== undefined)?.aggregate;
  return { training, optimiser: optimiserOf(training), ...(aggregate === undefined ? {} : { aggregate }) };
}

function optimiserOf({ optimiser, learningRate, weightDecay, clipNorm, schedule, steps }: Training) {
  return {
    name: optimiser,
    learningRate,
    momentum: optimiser === "sgd" ? MOMENTUM : 0,
    weightDecay,
    ...(clipNorm === undefined ? {} : { clipNorm }),
    ...(schedule === undefined ? {} : { schedule: scheduleOver(schedule, steps) }),
  };
}

/** A cosine ends with the phase's last step. */
const scheduleOver = (schedule: TrainingSchedule, steps: number): RateSchedule =>
  schedule.shape === "cosine" ? { ...schedule, steps } : schedule;

function trainingOf(id: StageId, { stages }: TypedGraph): StageTraining {
  const stage = stages.get(id);
  if (stage?.kind.role !== "learned") throw new Error(`schedule: ${id} is not learned`);
  return stage.kind.training(stage.params);
}

/** What the rates of a phase's layers follow from. */
export interface RateQuestion {
  readonly stages: readonly StageId[];
  readonly graph: TypedGraph;
  readonly facts: NetworkFacts;
  readonly layersOf: Readonly<Record<string, readonly string[]>>;
  readonly start: Readonly<Record<string, ArtifactStart>>;
  readonly training: Training;
}

/**
 * Factors on the learning rate, by layer: 0 for frozen layers, the ratio of the rates where a stage asks for another one
 * than the group's. Layers without an entry train at the group's rate.
 */
export function layerRates(question: RateQuestion): {
  readonly rates: Readonly<Record<string, number>>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { stages, graph, facts, layersOf, start, training } = question;
  const trainable = trainableLayers(facts);
  const drawing = drawingLayers(facts);
  const rates: Record<string, number> = {};
  const diagnostics: Diagnostic[] = [];
  for (const id of stages) {
    const all = layersOf[id] ?? [];
    const own = all.filter((layer) => trainable.has(layer));
    const ratio = trainingOf(id, graph).learningRate / training.learningRate;
    const freeze = start[id]?.freeze ?? "none";
    const frozen = freeze === "all" ? own.length : freeze === "none" ? 0 : freeze;
    if (frozen > own.length) {
      const place = { at: "param", stage: id, path: ["start", "freeze"] } as const;
      diagnostics.push(freezeTooMany({ place, freeze: frozen, layers: own.length }));
    }
    const firstFree = own[frozen];
    const free = firstFree === undefined ? all.length : all.indexOf(firstFree);
    all.forEach((layer, index) => {
      if (trainable.has(layer) && index >= free && ratio !== 1) rates[layer] = ratio;
      else if (frozen > 0 && index < free && (trainable.has(layer) || drawing.has(layer))) rates[layer] = 0;
    });
  }
  return { rates, diagnostics };
}

/** Layers that draw random words in training: where all before them is frozen, they don't either. */
function drawingLayers(facts: NetworkFacts): ReadonlySet<string> {
  if (facts.is === "misfit") return new Set();
  const draws = facts.layers.filter(({ layer }) => layerKinds[layer.kind]?.drawsInTraining === true);
  return new Set(draws.map(({ layer }) => layer.id));
}

/** Layers with weights that training changes, in order. A layer that doesn't fit is the price's to report. */
function trainableLayers(facts: NetworkFacts): ReadonlySet<string> {
  if (facts.is === "misfit") return new Set();
  return new Set(
    facts.layers.flatMap(({ layer, weights }) =>
      weights.some(({ trainable }) => trainable) ? [layer.id] : [],
    ),
  );
}
