import {
  emptyGraph,
  cycle,
  otherProblem,
  portLinkedTwice,
  tooManyLinks,
  tooManyPorts,
  tooManyStages,
  unknownKind,
  unknownPort,
  unknownStage,
} from "../diagnostics/catalog/graph";
import {
  eachNotHere,
  missingParam,
  paramOutOfRange,
  paramWrongType,
  unknownParam,
} from "../diagnostics/catalog/params";
import { type Complaint, readWith } from "../diagnostics/complaints";
import { type Checked, type Diagnostic, isClean } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import { describeValue } from "../diagnostics/words";
import type { GraphDocument, LinkDocument, StageDocument } from "../graph/document";
import { type StageId, stageId } from "../ids";
import type { ProblemSchema } from "../problem/document";
import type { StageKind, StageRegistry } from "../stages/stage";
import { circles } from "./circles";
import { asGraph, type Graph, type Link, type Stage } from "./plan";
import { inputPorts, outputPorts } from "./ports";

/** Most stages, links, and input ports of one stage. */
export const GRAPH_LIMITS = { stages: 500, links: 2000, ports: 32 } as const;

/** What a document is read against. */
export interface ParseContext {
  readonly problem: ProblemSchema;
  readonly stages: StageRegistry;
}

/**
 * Step 1 of the compiler: a document becomes a graph whose kinds are known, whose params are read, whose links end at
 * ports that exist, and which has no circle. Everything found is reported at once. Stages and links with errors are
 * left out of the value, so that the next step can go on with the rest.
 */
export function parseGraph(document: GraphDocument, context: ParseContext): Checked<Graph> {
  const diagnostics = limits(document);
  if (!isClean(diagnostics)) return { value: undefined, diagnostics };
  if (document.problem !== context.problem.name) {
    const named = document.problem;
    diagnostics.push(otherProblem({ place: { at: "graph" }, named, used: context.problem.name }));
  }
  const stages = new Map<StageId, Stage>();
  const leftOut = new Set<string>();
  for (const [name, written] of Object.entries(document.stages)) {
    const parsed = parseStage(stageId(name), written, context);
    diagnostics.push(...parsed.diagnostics);
    if (parsed.value === undefined) leftOut.add(name);
    else stages.set(parsed.value.id, parsed.value);
  }
  const wiring = new Wiring(document, stages, context.problem);
  document.links.forEach((link, index) => {
    wiring.add(link, index);
  });
  diagnostics.push(...wiring.diagnostics, ...wiring.breakCircles());
  const { links, unfed } = wiring;
  return {
    value: asGraph({ title: document.title, problem: context.problem, stages, links, unfed, leftOut }),
    diagnostics,
  };
}

function limits(document: GraphDocument): Diagnostic[] {
  const place = { at: "graph" } as const;
  const stages = Object.keys(document.stages).length;
  const links = document.links.length;
  const found: Diagnostic[] = [];
  if (stages > GRAPH_LIMITS.stages)
    found.push(tooManyStages({ place, count: stages, limit: GRAPH_LIMITS.stages }));
  if (links > GRAPH_LIMITS.links)
    found.push(tooManyLinks({ place, count: links, limit: GRAPH_LIMITS.links }));
  if (stages === 0) found.push(emptyGraph({ place }));
  return found;
}

function parseStage(id: StageId, written: StageDocument, { problem, stages }: ParseContext): Checked<Stage> {
  const kind = stages.get(written.kind);
  if (kind === undefined) {
    const known = [...stages.kinds.keys()];
    const near = nearest(written.kind, known);
    const place = { at: "stage", stage: id } as const;
    return { value: undefined, diagnostics: [unknownKind({ place, kind: written.kind, near, known })] };
  }
  const { each, ...own } = written.params;
  const diagnostics = checkEach(id, kind, each);
  const read = readWith(kind.params, own);
  diagnostics.push(...read.complaints.map((complaint) => paramDiagnostic(id, kind.kind, complaint)));
  if (read.complaints.length > 0) return { value: undefined, diagnostics };
  const params = read.value;
  diagnostics.push(...(kind.check?.({ id, params, problem }) ?? []));
  if (!isClean(diagnostics)) return { value: undefined, diagnostics };
  const stage: Stage = { id, title: written.title ?? id, kind, params, each: each === true };
  return { value: stage, diagnostics };
}

/** Whether a stage of this role may carry `each`, and whether it is true or false. */
function checkEach(stage: StageId, kind: StageKind, each: unknown): Diagnostic[] {
  if (each === undefined) return [];
  const place = { at: "param", stage, path: ["each"] } as const;
  if (kind.role === "source" || kind.role === "output") return [eachNotHere({ place, kind: kind.kind })];
  if (typeof each === "boolean") return [];
  return [paramWrongType({ place, param: "each", expected: "true or false", seen: describeValue(each) })];
}

/** What a schema has against a stage's params, as a diagnostic at that param. */
function paramDiagnostic(stage: StageId, kind: string, complaint: Complaint): Diagnostic {
  const place = { at: "param", stage, path: complaint.path } as const;
  const param = complaint.path.join(".");
  switch (complaint.is) {
    case "unknown-key": {
      const known = complaint.known;
      return unknownParam({ place, param, kind, near: nearest(complaint.key, known), known });
    }
    case "missing-key":
      return missingParam({ place, param, kind });
    case "bad-name":
      return paramOutOfRange({
        place,
        param,
        expected: "a name as key",
        seen: describeValue(complaint.name),
      });
    case "wrong-type":
      return paramWrongType({ place, param, expected: complaint.expected, seen: complaint.seen });
    case "bad-value":
      return paramOutOfRange({
        place,
        param,
        expected: complaint.expected,
        seen: complaint.seen,
        near: complaint.near,
      });
  }
}

interface Ports {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[] | undefined;
}

/** Collects the links that can be used, and remembers which ports lost theirs. */
class Wiring {
  readonly diagnostics: Diagnostic[] = [];
  readonly unfed = new Set<string>();
  links: Link[] = [];
  private readonly sourceOf = new Map<string, string>();
  private readonly ports = new Map<string, Ports>();

  constructor(
    private readonly document: GraphDocument,
    private readonly stages: ReadonlyMap<StageId, Stage>,
    problem: ProblemSchema,
  ) {
    for (const stage of stages.values()) {
      const inputs = inputPorts(stage, problem);
      const outputs = outputPorts(stage, problem);
      this.ports.set(stage.id, { inputs, outputs });
      const count = Math.max(inputs.length, outputs?.length ?? 0);
      if (count <= GRAPH_LIMITS.ports) continue;
      const place = { at: "stage", stage: stage.id } as const;
      this.diagnostics.push(tooManyPorts({ place, stage: stage.id, count, limit: GRAPH_LIMITS.ports }));
    }
  }

  add(written: LinkDocument, index: number): void {
    const place = { at: "link", index, from: written.from, to: written.to } as const;
    const from = this.end(written.from, "output", place);
    const to = this.end(written.to, "input", place);
    if (to === undefined) return;
    const first = this.sourceOf.get(written.to);
    if (first !== undefined) {
      this.diagnostics.push(portLinkedTwice({ place, port: written.to, first }));
      return;
    }
    this.sourceOf.set(written.to, written.from);
    if (from === undefined) this.unfed.add(written.to);
    else this.links.push({ index, from, to, ...(written.mode === undefined ? {} : { mode: written.mode }) });
  }

  /** Leaves out the links inside each circle, and names its stages. */
  breakCircles(): Diagnostic[] {
    const found = circles([...this.stages.keys()], this.links);
    for (const link of this.links) {
      if (found.within(link)) this.unfed.add(`${link.to.stage}.${link.to.port}`);
    }
    this.links = this.links.filter((link) => !found.within(link));
    return found.circles.map((stages) => cycle({ place: { at: "stage", stage: stages[0] }, stages }));
  }

  /** One end of a link, or undefined where it cannot be used; says why, unless that was said at its stage. */
  private end(
    written: string,
    side: "input" | "output",
    place: Diagnostic["place"],
  ): Link["from"] | undefined {
    const dot = written.indexOf(".");
    const stage = written.slice(0, dot);
    const port = written.slice(dot + 1);
    if (!Object.hasOwn(this.document.stages, stage)) {
      const known = Object.keys(this.document.stages);
      this.diagnostics.push(unknownStage({ place, stage, near: nearest(stage, known), known }));
      return undefined;
    }
    const ports = this.ports.get(stage);
    const known = side === "input" ? ports?.inputs : ports?.outputs;
    if (known === undefined) return undefined;
    if (known.includes(port)) return { stage: stageId(stage), port };
    this.diagnostics.push(unknownPort({ place, stage, port, side, near: nearest(port, known), known }));
    return undefined;
  }
}
