import { tooManyPaths, unusedStage } from "../diagnostics/catalog/graph";
import { frozenCannotJoin, nothingToTrain } from "../diagnostics/catalog/training";
import { type Checked, type Diagnostic, isClean } from "../diagnostics/diagnostic";
import type { ContentHash, StageId } from "../ids";
import { type NetworkFacts, networkFacts } from "../layers/network";
import { metricsFor } from "../problem/metrics";
import type { ArtifactStart, StageRegistry } from "../stages/stage";
import { checkTotal, priceEvaluation, priceTraining, type Speed, totalCost } from "./4-price";
import { type Aggregating, readAggregation } from "./aggregation";
import { formGroups, type Group } from "./groups";
import { composeNetwork } from "./phase-network";
import type {
  EvaluatePhase,
  Gathering,
  LossTerm,
  PhaseInput,
  TrainingPlan,
  TrainPhase,
  TypedGraph,
  ValueSource,
} from "./plan";
import { gatheringsOf, layOutRounds, type Round } from "./rounds";
import { signEvaluation, signTraining, type SourceHasher, sourceHasher } from "./signature";
import { foldCounts, modelsIn, type Sources, treeSize } from "./sources";
import { groupTraining, layerRates } from "./training";
import { readWires, type Wire, type Wires } from "./wires";

/** Values that a plan may name: many paths through shared stages make very many. */
const MOST_SOURCES = 1_000_000;

/** What a plan is made with. */
export interface ScheduleContext {
  readonly stages: StageRegistry;
  readonly graph: ContentHash;
  readonly speed: Speed;
  /** False: the graph has errors; only look for more. */
  readonly isClean: boolean;
}

/**
 * Step 3 of the compiler: what trains together, in which order, on what. Joint links make groups, one phase each; other
 * links are fed with labels or predictions. Step 4, the price, is asked for each phase on the way.
 */
export function schedulePlan(graph: TypedGraph, context: ScheduleContext): Checked<TrainingPlan> {
  const { wires, diagnostics: wireProblems } = readWires(graph);
  const { groups, used, diagnostics: groupProblems } = formGroups(graph, wires);
  const diagnostics: Diagnostic[] = [
    ...wireProblems,
    ...groupProblems,
    // A stage may only seem unused because of a mistake that is already reported.
    ...(context.isClean ? unusedStages(graph, used) : []),
    ...frozenStages(graph, used),
  ];
  if (!context.isClean || !isClean(diagnostics)) return { value: undefined, diagnostics };
  const { value: aggregating, diagnostics: refusals } = readAggregation({ graph, wires, groups });
  if (refusals.length > 0) return { value: undefined, diagnostics: [...diagnostics, ...refusals] };
  const scheduler = new Scheduler({ graph, wires, groups, aggregating, context });
  const plan = scheduler.plan();
  return { value: plan, diagnostics: [...diagnostics, ...scheduler.diagnostics] };
}

/** Stages that nothing answered depends on. Before anything is answered, that would be all of them. */
function unusedStages(
  { stages, answers, links }: TypedGraph,
  used: ReadonlySet<StageId>,
): readonly Diagnostic[] {
  const isAnswered = links.some(({ to }) => [...answers.values()].includes(to.stage));
  if (!isAnswered) return [];
  return [...stages.keys()]
    .filter((id) => !used.has(id))
    .map((stage) => unusedStage({ place: { at: "stage", stage }, stage }));
}

/** Stages whose every layer is frozen: a label, or a link to train through, does nothing there. */
function frozenStages({ stages }: TypedGraph, used: ReadonlySet<StageId>): readonly Diagnostic[] {
  return [...stages.values()].flatMap(({ id, kind, params }) => {
    if (kind.role !== "learned" || !used.has(id) || kind.start(params)?.freeze !== "all") return [];
    return [frozenCannotJoin({ place: { at: "param", stage: id, path: ["start", "freeze"] }, stage: id })];
  });
}

/** A training phase before it is priced and signed, and what its network's list says. */
interface UnpricedPhase {
  readonly phase: Omit<TrainPhase, "cost" | "signature">;
  readonly facts: NetworkFacts;
}

interface SchedulerParts {
  readonly graph: TypedGraph;
  readonly wires: Wires;
  readonly groups: readonly Group[];
  readonly aggregating: Aggregating | undefined;
  readonly context: ScheduleContext;
}

class Scheduler {
  readonly diagnostics: Diagnostic[] = [];
  private readonly rounds: readonly [Round, ...Round[]];
  private referenceSeconds = 0;
  private readonly signatureOf = new Map<string, ContentHash>();
  private readonly hash: SourceHasher;
  private readonly wiresInto = new Map<StageId, readonly Wire[]>();

  constructor(private readonly parts: SchedulerParts) {
    const { wires } = parts;
    this.rounds = layOutRounds(parts);
    for (const wire of wires.values()) {
      const { stage } = wire.link.to;
      this.wiresInto.set(stage, [...(this.wiresInto.get(stage) ?? []), wire]);
    }
    this.hash = sourceHasher(parts.context.stages, this.signatureOf);
  }

  plan(): TrainingPlan | undefined {
    const { graph, context } = this.parts;
    const unpriced = this.trainPhases();
    const evaluation = this.evaluatePhase();
    if (
      !this.isWritable([
        ...unpriced.flatMap(({ phase }) => phase.inputs),
        ...unpriced.flatMap(({ phase }) => (phase.gatherings ?? []).flatMap(({ answers }) => answers)),
        ...evaluation.answers,
        ...evaluation.seams,
      ])
    ) {
      return undefined;
    }
    const folds = foldCounts(unpriced.flatMap(({ phase }) => phase.inputs));
    const training = unpriced.map((each) => this.finish(each, 1 + (folds.get(each.phase.id) ?? 0)));
    const evaluate: EvaluatePhase = {
      ...evaluation,
      cost: priceEvaluation(evaluation, { training, stages: context.stages }),
      signature: signEvaluation(evaluation, this.hash),
    };
    const cost = totalCost(training, evaluate.cost);
    this.diagnostics.push(...checkTotal(this.referenceSeconds));
    if (training.length === 0) this.diagnostics.push(nothingToTrain({ place: { at: "graph" } }));
    if (!isClean(this.diagnostics)) return undefined;
    return {
      version: 1,
      title: graph.title,
      graph: context.graph,
      problem: graph.problem.name,
      phases: [...training, evaluate],
      cost,
    };
  }

  private isWritable(values: readonly { readonly source: ValueSource }[]): boolean {
    const known = new Map<ValueSource, number>();
    const count = values.reduce((total, { source }) => total + treeSize(source, known), 0);
    if (count <= MOST_SOURCES) return true;
    this.diagnostics.push(tooManyPaths({ place: { at: "graph" }, limit: MOST_SOURCES }));
    return false;
  }

  private finish({ phase, facts }: UnpricedPhase, fits: number): TrainPhase {
    const { speed } = this.parts.context;
    const { cost, referenceSeconds, diagnostics } = priceTraining(phase, { facts, fits, speed });
    this.referenceSeconds += referenceSeconds;
    this.diagnostics.push(...diagnostics);
    const signature = signTraining(phase, this.hash);
    this.signatureOf.set(phase.id, signature);
    return { ...phase, cost, signature };
  }

  /** All phases, round after round. */
  private trainPhases(): readonly UnpricedPhase[] {
    const { graph, aggregating } = this.parts;
    const [first, ...later] = this.rounds;
    const begun = first.groups.map((group) => this.trainPhase(group, first));
    if (aggregating === undefined) return begun;
    const learning = begun.flatMap(({ phase }, group) => (aggregating.groups.has(group) ? [phase] : []));
    const gatherings = gatheringsOf(this.rounds, learning, {
      ...aggregating,
      problem: graph.problem,
      answersAt: (sources) => this.answersAt(sources),
    });
    const again = later.flatMap((round) =>
      round.groups.map((group) =>
        aggregating.groups.has(group)
          ? this.gathered(this.trainPhase(group, round), gatherings.slice(0, round.number))
          : this.trainPhase(group, round),
      ),
    );
    return [...begun, ...again];
  }

  /** The same phase, learning from gathered moments too: it comes after everything that acts for them. */
  private gathered({ phase, facts }: UnpricedPhase, gatherings: readonly Gathering[]): UnpricedPhase {
    const acting = this.rounds[gatherings.length - 1]?.phaseIds ?? [];
    return { phase: { ...phase, after: [...new Set([...acting, ...phase.after])], gatherings }, facts };
  }

  private trainPhase(index: number, { phaseIds, sources }: Round): UnpricedPhase {
    const { graph, wires, groups } = this.parts;
    const { stages, after } = groups[index] ?? NO_GROUP;
    const { network, layersOf } = composeNetwork(stages, { graph, wires });
    const losses = stages.flatMap((id) => this.losses(id));
    const inputs = stages.flatMap((id) => this.inputs(id, sources));
    const links = stages.flatMap((id) => this.wiresInto.get(id) ?? []);
    const named = (modes: (mode: string) => boolean): readonly string[] =>
      links.flatMap(({ link: { from, to }, mode }) =>
        modes(mode) ? [`${from.stage}.${from.port} → ${to.stage}.${to.port}`] : [],
      );
    const { training, optimiser } = groupTraining(stages, graph);
    const start = this.starts(stages);
    const facts = networkFacts(network);
    const { rates, diagnostics } = layerRates({ stages, graph, facts, layersOf, start, training });
    this.diagnostics.push(...diagnostics);
    const phase: UnpricedPhase["phase"] = {
      do: "train",
      id: phaseIds[index] ?? "",
      after: after.map((other) => phaseIds[other] ?? ""),
      train: stages,
      frozen: [...new Set(inputs.flatMap(({ source }) => modelsIn(source)))],
      inputs,
      network,
      layersOf,
      losses,
      labels: [...new Set(losses.map(({ target }) => target))],
      gradients: {
        flow: named((mode) => mode === "joint"),
        stop: named((mode) => mode !== "joint" && mode !== "data"),
      },
      optimiser: { ...optimiser, layerRates: rates },
      training,
      start,
    };
    return { phase, facts };
  }

  private losses(id: StageId): LossTerm[] {
    const heads = this.parts.graph.learned.get(id)?.heads ?? [];
    return heads.flatMap(({ head, type, supervision }) => {
      if (supervision === undefined) return [];
      const { label, loss, slots, width, mask } = supervision;
      const { weight, normalise, unitScale } = head;
      return [
        {
          stage: id,
          head,
          output: `${id}.${head.port}`,
          target: label,
          type,
          loss,
          slots,
          width,
          weight,
          ...(mask === undefined ? {} : { mask }),
          normalise,
          unitScale,
        },
      ];
    });
  }

  private inputs(id: StageId, sources: Sources): PhaseInput[] {
    const { graph, wires } = this.parts;
    return Object.entries(graph.inputs.get(id) ?? {}).flatMap(([port, type]) => {
      const name = `${id}.${port}`;
      const mode = wires.get(name)?.mode ?? "data";
      if (mode === "joint") return [];
      const each = graph.stages.get(id)?.each === true;
      return [{ name, mode, source: sources.training(id, port), type, each }];
    });
  }

  private starts(stages: readonly StageId[]): Readonly<Record<string, ArtifactStart>> {
    const found: Record<string, ArtifactStart> = {};
    for (const id of stages) {
      const stage = this.parts.graph.stages.get(id);
      const start = stage?.kind.role === "learned" ? stage.kind.start(stage.params) : undefined;
      if (start !== undefined) found[id] = start;
    }
    return found;
  }

  private evaluatePhase(): Omit<EvaluatePhase, "cost" | "signature"> {
    const { graph, groups } = this.parts;
    const { learned } = graph;
    const { sources } = this.rounds.at(-1) ?? this.rounds[0];
    const seams = groups.flatMap(({ stages }) =>
      stages.flatMap((stage) =>
        (learned.get(stage)?.heads ?? []).flatMap(({ head: { port }, type, supervision }) => {
          if (supervision === undefined) return [];
          const { label, mask } = supervision;
          const source = sources.output(stage, port);
          const [metric] = metricsFor(type);
          return [{ stage, port, label, metric, ...(mask === undefined ? {} : { mask }), source }];
        }),
      ),
    );
    return {
      do: "evaluate",
      id: "evaluate",
      after: [...new Set(this.rounds.flatMap(({ phaseIds }) => phaseIds))],
      answers: this.answersAt(sources),
      seams,
    };
  }

  /** What answers each of the problem's metrics, as it is for a user. */
  private answersAt(sources: Sources): EvaluatePhase["answers"] {
    return this.parts.graph.problem.metrics.map(({ target, metric }) => ({
      target,
      metric,
      source: this.answerOf(target, sources),
    }));
  }

  /** What answers a target. */
  private answerOf(target: string, sources: Sources): ValueSource {
    const { answers, inputs } = this.parts.graph;
    const stage = answers.get(target);
    const [port] = stage === undefined ? [] : Object.keys(inputs.get(stage) ?? {});
    if (stage === undefined || port === undefined) throw new Error(`schedule: nothing answers ${target}`);
    return sources.serving(stage, port);
  }
}

const NO_GROUP: Group = { stages: [], after: [] };
