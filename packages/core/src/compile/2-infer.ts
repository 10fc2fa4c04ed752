import { missingInput, noAnswer, targetAnsweredTwice, targetUnanswered } from "../diagnostics/catalog/graph";
import { type Checked, type Diagnostic } from "../diagnostics/diagnostic";
import type { FieldType } from "../graph/field-type";
import type { StageId } from "../ids";
import type { OutputKind, PortTypes, SourceKind } from "../stages/stage";
import { inferAlgorithm, inferLearned, type StageQuestion, type StageTypes } from "./infer-stage";
import { misfit } from "./misfit";
import { asTypedGraph, type Graph, type LearnedStage, type Link, type Stage, type TypedGraph } from "./plan";
import { inputPorts } from "./ports";

/**
 * Step 2 of the compiler: types flow from the fields along the links to the answers. Every stage is asked what it gives
 * for what it gets, learned ones also for their network. What depends on something unknown stays unknown, silently.
 */
export function inferTypes(graph: Graph): Checked<TypedGraph> {
  const inference = new Inference(graph);
  const order = topologicalOrder(graph);
  for (const id of order) inference.visit(id);
  inference.checkAnswers();
  const { inputs, outputs, learned, answers, diagnostics } = inference;
  return { value: asTypedGraph({ ...graph, order, inputs, outputs, learned, answers }), diagnostics };
}

/** Stages so that each comes after all that feed it; ties in document order. The graph has no circles. */
function topologicalOrder({ stages, links }: Graph): readonly StageId[] {
  const waitingFor = new Map<StageId, number>([...stages.keys()].map((id) => [id, 0]));
  const feeds = new Map<StageId, StageId[]>();
  for (const { from, to } of links) {
    waitingFor.set(to.stage, (waitingFor.get(to.stage) ?? 0) + 1);
    feeds.set(from.stage, [...(feeds.get(from.stage) ?? []), to.stage]);
  }
  const order = [...stages.keys()].filter((id) => waitingFor.get(id) === 0);
  // The list grows while it is walked: a stage is added when the last of its feeders is passed.
  for (const id of order) {
    for (const next of feeds.get(id) ?? []) {
      const left = (waitingFor.get(next) ?? 0) - 1;
      waitingFor.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  return order;
}

class Inference {
  readonly diagnostics: Diagnostic[] = [];
  readonly inputs = new Map<StageId, PortTypes>();
  readonly outputs = new Map<StageId, PortTypes>();
  readonly learned = new Map<StageId, LearnedStage>();
  readonly answers = new Map<string, StageId>();
  private readonly linkInto = new Map<string, Link>();

  constructor(private readonly graph: Graph) {
    for (const link of graph.links) this.linkInto.set(`${link.to.stage}.${link.to.port}`, link);
  }

  visit(id: StageId): void {
    const stage = this.graph.stages.get(id);
    if (stage === undefined) return;
    const { problem } = this.graph;
    const ports = inputPorts(stage, problem);
    const inputs = this.gather(id, ports);
    this.inputs.set(id, inputs);
    const { outputs, learned, diagnostics } = this.ask({ stage, problem, inputs, ports });
    this.outputs.set(id, outputs);
    if (learned !== undefined) this.learned.set(id, learned);
    this.diagnostics.push(...diagnostics);
  }

  /** Types of what is linked; says which ports have nothing, unless their link's own error was said before. */
  private gather(stage: StageId, ports: readonly string[]): PortTypes {
    const types: Record<string, FieldType> = {};
    for (const port of ports) {
      const name = `${stage}.${port}`;
      const link = this.linkInto.get(name);
      const given = link === undefined ? undefined : this.outputs.get(link.from.stage);
      if (link !== undefined && given !== undefined && Object.hasOwn(given, link.from.port)) {
        const type = given[link.from.port];
        if (type !== undefined) types[port] = type;
      }
      if (link === undefined && !this.graph.unfed.has(name)) {
        this.diagnostics.push(missingInput({ place: { at: "port", stage, port }, stage, port }));
      }
    }
    return types;
  }

  private ask(question: Omit<StageQuestion<unknown>, "kind">): StageTypes {
    const { kind } = question.stage;
    switch (kind.role) {
      case "source":
        return this.source({ ...question, kind });
      case "algorithm":
        return inferAlgorithm({ ...question, kind });
      case "learned":
        return inferLearned({ ...question, kind });
      case "output":
        return { outputs: {}, diagnostics: this.answer({ ...question, kind }) };
    }
  }

  private source({ stage, kind, problem }: StageQuestion<SourceKind>): StageTypes {
    // What is wrong with its params, parse has said.
    const fields = kind.fields({ id: stage.id, params: stage.params, problem }).value ?? {};
    const outputs = Object.entries(fields).flatMap(([port, field]) => {
      const type = Object.hasOwn(problem.fields, field) ? problem.fields[field]?.type : undefined;
      return type === undefined ? [] : [[port, type] as const];
    });
    const { diagnostics } = kind.fields({ id: stage.id, params: stage.params, problem });
    return { outputs: Object.fromEntries(outputs), diagnostics };
  }

  private answer({ stage, kind, problem, inputs }: StageQuestion<OutputKind>): readonly Diagnostic[] {
    const asked = kind.answers({ id: stage.id, params: stage.params, problem });
    const diagnostics = [...asked.diagnostics];
    for (const [port, target] of Object.entries(asked.value ?? {})) {
      const other = this.answers.get(target);
      if (other === undefined) this.answers.set(target, stage.id);
      else {
        const place = { at: "stage", stage: stage.id } as const;
        diagnostics.push(targetAnsweredTwice({ place, field: target, other }));
      }
      const expected = problem.fields[target]?.type;
      const seen = Object.hasOwn(inputs, port) ? inputs[port] : undefined;
      const wrong =
        expected === undefined || seen === undefined
          ? undefined
          : misfit(seen, expected, this.linkPlace(stage, port));
      if (wrong !== undefined) diagnostics.push(wrong);
    }
    return diagnostics;
  }

  private linkPlace(stage: Stage, port: string): Diagnostic["place"] {
    const link = this.linkInto.get(`${stage.id}.${port}`);
    if (link === undefined) return { at: "port", stage: stage.id, port };
    const { from, to, index } = link;
    return { at: "link", index, from: `${from.stage}.${from.port}`, to: `${to.stage}.${to.port}` };
  }

  /**
   * Every target needs an answer. Without any answer stage at all, that is the one thing to say; while stages are left
   * out for other errors, nothing is: one of them may be the answer.
   */
  checkAnswers(): void {
    const { problem, stages, leftOut } = this.graph;
    if (leftOut.size > 0) return;
    const unanswered = problem.target.filter((field) => !this.answers.has(field));
    const place = { at: "graph" } as const;
    const hasAnswer = [...stages.values()].some(({ kind }) => kind.role === "output");
    if (!hasAnswer) this.diagnostics.push(noAnswer({ place, targets: problem.target }));
    else this.diagnostics.push(...unanswered.map((field) => targetUnanswered({ place, field })));
  }
}
