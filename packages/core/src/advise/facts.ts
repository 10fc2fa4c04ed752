import type { Phase, TrainingPlan, TrainPhase, ValueSource } from "../compile/plan";
import { namesOf } from "../expression/names";
import type { ProblemSchema } from "../problem/document";

/** A learned stage as its plan has it. */
export interface LearnedFacts {
  readonly stage: string;
  /** Fields that it learns from. */
  readonly fields: readonly string[];
  /** What it starts from instead of nothing; without an artifact, from random weights some of which stay. */
  readonly start?: { readonly artifact?: string | undefined; readonly freeze: "all" | "none" | number };
  /** A mask of one of its heads asks for other fields than the head's own. */
  readonly needsOthers: boolean;
  /** Of the phase that trains it. */
  readonly trainableWeights: number;
}

/** How a pipeline is cut, as far as rules ask. */
export interface PipelineFacts {
  readonly id: string;
  readonly title: string;
  readonly learned: readonly LearnedFacts[];
  /** Fields between input and target that it learns from: its seams. */
  readonly between: readonly string[];
  /** Algorithm stages on the way to an answer. */
  readonly algorithms: number;
  /** Stages are trained together through a link. */
  readonly joint: boolean;
  /** A stage asks an expert about moments that the pipeline itself led to (dataset aggregation). */
  readonly aggregates: boolean;
}

/** Reads the facts from a plan. */
export function factsOf(
  { id, title }: { readonly id: string; readonly title: string },
  { phases }: Pick<TrainingPlan, "phases">,
  { target }: Pick<ProblemSchema, "target">,
): PipelineFacts {
  const training = phases.filter((phase): phase is TrainPhase => phase.do === "train");
  // A stage that is trained again is what its last phase makes of it.
  const last = new Map(training.flatMap((phase) => phase.train.map((stage) => [stage, phase] as const)));
  const learned = [...last].map(([stage, phase]) => learnedFacts(stage, phase));
  const fields = new Set(learned.flatMap((one) => one.fields));
  return {
    id,
    title,
    learned,
    between: [...fields].filter((field) => !target.includes(field)),
    algorithms: algorithmsIn(phases).size,
    joint: training.some(({ gradients }) => gradients.flow.length > 0),
    aggregates: training.some(({ gatherings = [] }) => gatherings.length > 0),
  };
}

function learnedFacts(stage: string, phase: TrainPhase): LearnedFacts {
  const terms = phase.losses.filter((term) => term.stage === stage);
  const fields = new Set(terms.map(({ target }) => target));
  const start = phase.start[stage];
  return {
    stage,
    fields: [...fields],
    ...(start === undefined ? {} : { start: { artifact: start.artifact, freeze: start.freeze } }),
    needsOthers: terms.some(
      ({ mask, target }) => mask !== undefined && namesOf(mask).some((name) => name !== target),
    ),
    trainableWeights: phase.cost.trainableWeights,
  };
}

function algorithmsIn(phases: readonly Phase[]): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (source: ValueSource): void => {
    if (source.is === "computed") found.add(source.stage);
    if (source.is !== "field") Object.values(source.inputs).forEach(walk);
  };
  for (const phase of phases)
    if (phase.do === "evaluate") for (const { source } of phase.answers) walk(source);
  return found;
}

/** A pipeline without a seam, from input to answer. */
export const isEndToEnd = ({ between, learned }: PipelineFacts): boolean =>
  between.length === 0 && learned.length > 0 && learned.every(({ start }) => start === undefined);

/** A pipeline that learns from fields in between. */
export const isCut = ({ between }: PipelineFacts): boolean => between.length > 0;

/** A pipeline some stage of which starts from an artifact. */
export const isTransfer = ({ learned }: PipelineFacts): boolean =>
  learned.some(({ start }) => start?.artifact !== undefined);

/** A pipeline some stage of which is frozen, or starts, elsewhere than from nothing: also from random features. */
export const hasStart = ({ learned }: PipelineFacts): boolean =>
  learned.some(({ start }) => start !== undefined);

/** A pipeline one stage of which answers several tasks. */
export const isShared = ({ learned }: PipelineFacts): boolean =>
  learned.some(({ fields }) => fields.length > 1);

/** A pipeline with a network for each of several tasks. */
export const isSingle = ({ learned, between }: PipelineFacts): boolean =>
  between.length === 0 && learned.length > 1 && learned.every(({ fields }) => fields.length === 1);

/** Weights that a pipeline trains. */
export const weightsOf = ({ learned }: PipelineFacts): number =>
  learned.reduce((sum, { trainableWeights }) => sum + trainableWeights, 0);
