import type { StageId } from "../ids";
import type { Stage, TypedGraph, ValueSource, ValueSources } from "./plan";
import type { Wires } from "./wires";

/** Folds of a cross-fitted link: each row is predicted by a model that has seen four fifths of the others. */
const FOLDS = 5;

/** Where learned values come from: the record's label; the model; the model of the fold that has not seen the row. */
type Feeding = "label" | "predicted" | "cross-fitted";

/** Makes value sources. Equal questions give the same object, so that shared parts of a pipeline stay shared. */
export interface Sources {
  /** The value at an input port while its stage trains. Joint links have none: they are inside the network. */
  training(stage: StageId, port: string): ValueSource;
  /** The value at an input port as it is for a user. */
  serving(stage: StageId, port: string): ValueSource;
  /** An output of a trained stage as it is for a user. */
  output(stage: StageId, port: string): ValueSource;
}

/** What sources are made from. */
export interface SourceFacts {
  readonly graph: TypedGraph;
  readonly wires: Wires;
  /** The phase that trains each learned stage. */
  readonly phaseOf: ReadonlyMap<StageId, string>;
}

/** Opens the maker of sources for one graph. */
export function createSources(facts: SourceFacts): Sources {
  const maker = new SourceMaker(facts);
  return {
    training: (stage, port) => {
      const mode = facts.wires.get(`${stage}.${port}`)?.mode;
      if (mode === "joint") throw new Error(`sources: ${stage}.${port} is joint`);
      return maker.atInput(stage, port, mode === undefined || mode === "data" ? "predicted" : mode);
    },
    serving: (stage, port) => maker.atInput(stage, port, "predicted"),
    output: (stage, port) => maker.at(stage, port, "predicted"),
  };
}

class SourceMaker {
  private readonly known = new Map<string, ValueSource>();
  private readonly fromOf = new Map<string, { readonly stage: StageId; readonly port: string }>();

  constructor(private readonly facts: SourceFacts) {
    for (const { from, to } of facts.graph.links) this.fromOf.set(`${to.stage}.${to.port}`, from);
  }

  atInput(stage: StageId, port: string, feeding: Feeding): ValueSource {
    const from = this.fromOf.get(`${stage}.${port}`);
    if (from === undefined) throw new Error(`sources: nothing is linked to ${stage}.${port}`);
    return this.at(from.stage, from.port, feeding);
  }

  at(stage: StageId, port: string, feeding: Feeding): ValueSource {
    const name = `${feeding} ${stage}.${port}`;
    const source = this.known.get(name) ?? this.make(stage, port, feeding);
    this.known.set(name, source);
    return source;
  }

  private make(id: StageId, port: string, feeding: Feeding): ValueSource {
    const { graph } = this.facts;
    const stage = graph.stages.get(id);
    if (stage === undefined) throw new Error(`sources: there is no stage ${id}`);
    const { kind, params } = stage;
    switch (kind.role) {
      case "source": {
        const field = kind.fields({ id, params, problem: graph.problem }).value?.[port];
        if (field === undefined) throw new Error(`sources: ${id} gives no ${port}`);
        return { is: "field", field };
      }
      case "algorithm":
        return this.computed(stage, port, feeding);
      case "learned":
        return this.learned(stage, port, feeding);
      case "output":
        throw new Error(`sources: the answer ${id} gives no value`);
    }
  }

  private computed({ id, kind, params, each }: Stage, port: string, feeding: Feeding): ValueSource {
    const inputs: Record<string, ValueSource> = {};
    for (const name of Object.keys(this.facts.graph.inputs.get(id) ?? {})) {
      inputs[name] = this.atInput(id, name, feeding);
    }
    const type = this.typeOf(id, port);
    return { is: "computed", stage: id, kind: kind.kind, params, each, port, type, inputs };
  }

  private learned(stage: Stage, port: string, feeding: Feeding): ValueSource {
    const { id } = stage;
    if (feeding === "label") {
      const head = this.facts.graph.learned.get(id)?.heads.find((one) => one.head.port === port);
      const field = head?.supervision?.label;
      if (field === undefined) throw new Error(`sources: ${id}.${port} has no label`);
      return { is: "field", field };
    }
    const phase = this.facts.phaseOf.get(id);
    if (phase === undefined) throw new Error(`sources: no phase trains ${id}`);
    const base = { stage: id, port, type: this.typeOf(id, port), phase };
    const inputs = this.networkInputs(id, feeding);
    return feeding === "predicted"
      ? { is: "predicted", ...base, inputs }
      : { is: "cross-fitted", ...base, folds: FOLDS, inputs };
  }

  /** What feeds the phase's network for a stage's outputs: its own inputs, and those of what it joins with. */
  private networkInputs(id: StageId, feeding: "predicted" | "cross-fitted"): ValueSources {
    const inputs: Record<string, ValueSource> = {};
    const needed = new Set([id]);
    // The set grows while it is walked.
    for (const stage of needed) {
      for (const port of Object.keys(this.facts.graph.inputs.get(stage) ?? {})) {
        const name = `${stage}.${port}`;
        const wire = this.facts.wires.get(name);
        if (wire?.mode === "joint") for (const origin of wire.origins) needed.add(origin.stage);
        // A row is predicted by folds that have not seen it where that stage was trained on such values too.
        else {
          const isHonest = feeding === "cross-fitted" && wire?.mode === "cross-fitted";
          inputs[name] = this.atInput(stage, port, isHonest ? "cross-fitted" : "predicted");
        }
      }
    }
    return inputs;
  }

  private typeOf(stage: StageId, port: string) {
    const type = this.facts.graph.outputs.get(stage)?.[port];
    if (type === undefined) throw new Error(`sources: ${stage}.${port} has no type`);
    return type;
  }
}

/** Nodes of a source's tree, each counted as often as it is reached: what writing the tree down takes. */
export function treeSize(source: ValueSource, known = new Map<ValueSource, number>()): number {
  const before = known.get(source);
  if (before !== undefined) return before;
  let size = 1;
  if (source.is !== "field") for (const inner of Object.values(source.inputs)) size += treeSize(inner, known);
  known.set(source, size);
  return size;
}

/** Learned stages whose models a value comes from. */
export function modelsIn(source: ValueSource): readonly StageId[] {
  const models = new Set<StageId>();
  for (const one of partsOf([source]))
    if (one.is === "predicted" || one.is === "cross-fitted") models.add(one.stage);
  return [...models];
}

/** The number of folds in which training inputs cross-fit phases, by phase. */
export function foldCounts(values: readonly { readonly source: ValueSource }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of partsOf(values.map(({ source }) => source))) {
    if (one.is !== "cross-fitted") continue;
    counts.set(one.phase, Math.max(counts.get(one.phase) ?? 0, one.folds));
  }
  return counts;
}

/** Sources and everything that they are made from, each once. */
export function partsOf(sources: readonly ValueSource[]): ReadonlySet<ValueSource> {
  const parts = new Set(sources);
  // The set grows while it is walked.
  for (const one of parts)
    if (one.is !== "field") for (const inner of Object.values(one.inputs)) parts.add(inner);
  return parts;
}
