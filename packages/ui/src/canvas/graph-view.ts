import type {
  Diagnostic,
  FieldType,
  GraphDocument,
  LinkMode,
  ProblemSchema,
  Severity,
  StageKind,
  StageRegistry,
  TrainingPlan,
  TypedGraph,
} from "@seams/core";
import { describeType } from "@seams/core";
import { shortCount } from "../components/numbers";
import type { Tone } from "../components/badge";
import { type PortNames, portNames } from "./port-names";

/** One port as it is drawn. */
export interface PortView {
  readonly name: string;
  readonly type: FieldType | undefined;
  /** False: a link names it, but the stage doesn't have it. */
  readonly exists: boolean;
  /** The label field that supervises it. */
  readonly label?: string;
}

/** What stands on a stage about its state. */
export interface Pill {
  readonly text: string;
  readonly tone: Tone;
}

/** One stage as it is drawn. Plain data: the same picture for the same document. */
export interface StageView {
  readonly id: string;
  readonly title: string;
  readonly kindTitle: string;
  /** Undefined: a kind that this version doesn't know. */
  readonly role: StageKind["role"] | undefined;
  readonly inputs: readonly PortView[];
  readonly outputs: readonly PortView[];
  readonly pills: readonly Pill[];
  /** Trainable weights, where the plan says so. */
  readonly weights?: string;
  /** The worst problem pinned to it. */
  readonly problem?: { readonly severity: Severity; readonly message: string };
}

/** How a value passes a link: data, or one of the modes that feed a learned stage while it trains. */
export type Passing = LinkMode | "data";

/** One link as it is drawn. */
export interface LinkView {
  /** `from>to`, unique in a document without double links. */
  readonly id: string;
  readonly index: number;
  readonly from: { readonly stage: string; readonly port: string };
  readonly to: { readonly stage: string; readonly port: string };
  readonly type: FieldType | undefined;
  readonly passing: Passing | undefined;
  /** The mode is written in the document, not a default. */
  readonly chosen: boolean;
  /** Why it cannot be, where it cannot. */
  readonly broken?: string;
}

/** A pipeline as it is drawn. */
export interface GraphView {
  readonly stages: readonly StageView[];
  readonly links: readonly LinkView[];
}

/** What is known about a document: everything but the document may still be missing. */
export interface GraphFacts {
  readonly problem: ProblemSchema;
  readonly stages: StageRegistry;
  readonly typed?: TypedGraph | undefined;
  readonly plan?: TrainingPlan | undefined;
  readonly diagnostics?: readonly Diagnostic[] | undefined;
}

/** `stage.port` taken apart at its first dot. */
export function endOf(written: string): { readonly stage: string; readonly port: string } {
  const dot = written.indexOf(".");
  return { stage: written.slice(0, dot), port: written.slice(dot + 1) };
}

/** A link's id in views: its two ends. */
export const linkId = (link: { readonly from: string; readonly to: string }): string =>
  `${link.from}>${link.to}`;

/** Turns a document, and what the compiler found in it, into what is drawn. Never throws for a readable document. */
export function viewGraph(document: GraphDocument, facts: GraphFacts): GraphView {
  const ports = new Map(Object.keys(document.stages).map((id) => [id, portNames(document, id, facts)]));
  const types = portTypes(facts.typed);
  const links = document.links.map((link, index): LinkView => {
    const from = endOf(link.from);
    const to = endOf(link.to);
    const found = facts.diagnostics?.find(
      ({ severity, place }) =>
        severity === "error" &&
        ((place.at === "link" && place.index === index) ||
          (place.at === "port" && place.stage === to.stage && place.port === to.port)),
    );
    return {
      id: linkId(link),
      index,
      from,
      to,
      type: types.outputs.get(link.from),
      passing: link.mode ?? passingOf(facts.plan, from.stage, link.to),
      chosen: link.mode !== undefined,
      ...(found === undefined ? {} : { broken: found.message }),
    };
  });
  const stages = Object.entries(document.stages).map(([id, stage]): StageView => {
    const kind = facts.stages.get(stage.kind);
    const names = ports.get(id) ?? { inputs: [], outputs: [], labels: {} };
    const problem = worstOf(id, facts.diagnostics ?? []);
    const weights = weightsOf(facts.plan, id);
    return {
      id,
      title: stage.title ?? id,
      kindTitle: kind?.title ?? stage.kind,
      role: kind?.role,
      inputs: portViews(id, {
        names: names.inputs,
        mentioned: links.filter((link) => link.to.stage === id).map((link) => link.to.port),
        types: types.inputs,
        labels: {},
      }),
      outputs: portViews(id, {
        names: names.outputs,
        mentioned: links.filter((link) => link.from.stage === id).map((link) => link.from.port),
        types: types.outputs,
        labels: names.labels,
      }),
      pills: pillsOf(kind, names, stage.params),
      ...(weights === undefined ? {} : { weights }),
      ...(problem === undefined ? {} : { problem }),
    };
  });
  return { stages, links };
}

function portTypes(typed: TypedGraph | undefined): {
  readonly inputs: ReadonlyMap<string, FieldType>;
  readonly outputs: ReadonlyMap<string, FieldType>;
} {
  const flat = (by: TypedGraph["inputs"] | undefined): ReadonlyMap<string, FieldType> =>
    new Map(
      [...(by ?? [])].flatMap(([stage, ports]) =>
        Object.entries(ports).map(([port, type]) => [`${stage}.${port}`, type] as const),
      ),
    );
  return { inputs: flat(typed?.inputs), outputs: flat(typed?.outputs) };
}

interface PortFacts {
  readonly names: readonly string[];
  readonly mentioned: readonly string[];
  readonly types: ReadonlyMap<string, FieldType>;
  readonly labels: Readonly<Record<string, string>>;
}

function portViews(stage: string, { names, mentioned, types, labels }: PortFacts): PortView[] {
  return [...new Set([...names, ...mentioned])].map((name) => {
    const label = Object.hasOwn(labels, name) ? labels[name] : undefined;
    return {
      name,
      type: types.get(`${stage}.${name}`),
      exists: names.includes(name),
      ...(label === undefined ? {} : { label }),
    };
  });
}

function pillsOf(
  kind: StageKind | undefined,
  { labels }: PortNames,
  params: Readonly<Record<string, unknown>>,
): Pill[] {
  const pills: Pill[] = [];
  if (kind === undefined) pills.push({ text: "unknown kind", tone: "danger" });
  else if (kind.role === "learned")
    pills.push({ text: Object.keys(labels).length > 0 ? "trained here" : "trained through", tone: "accent" });
  else pills.push({ text: ROLE_WORDS[kind.role], tone: "neutral" });
  if (params["each"] === true) pills.push({ text: "each", tone: "neutral" });
  return pills;
}

const ROLE_WORDS = { source: "input", algorithm: "algorithm", output: "answer" } as const;

/** How the plan feeds the port at the end of a link; undefined where nothing says so (yet). */
function passingOf(plan: TrainingPlan | undefined, from: string, to: string): Passing | undefined {
  const phase = plan?.phases.find(
    (each) => each.do === "train" && each.train.some((stage) => stage === endOf(to).stage),
  );
  if (phase?.do !== "train") return undefined;
  const input = phase.inputs.find(({ name }) => name === to);
  if (input !== undefined) return input.mode;
  return phase.train.some((stage) => stage === from) ? "joint" : undefined;
}

/** Weights of a stage that has a phase of its own. */
function weightsOf(plan: TrainingPlan | undefined, id: string): string | undefined {
  const phase = plan?.phases.find((each) => each.do === "train" && each.train.some((stage) => stage === id));
  if (phase?.do !== "train") return undefined;
  const count = shortCount(phase.cost.trainableWeights);
  return phase.train.length === 1 ? `${count} weights` : `${count} weights shared`;
}

const WORST: readonly Severity[] = ["error", "warning", "advice"];

function worstOf(id: string, diagnostics: readonly Diagnostic[]): StageView["problem"] {
  const own = diagnostics.filter(({ place }) => "stage" in place && place.stage === id);
  for (const severity of WORST) {
    const found = own.find((diagnostic) => diagnostic.severity === severity);
    if (found !== undefined) return { severity, message: found.message };
  }
  return undefined;
}

/** "image 28×28×1", or what can be said before the type is known. */
export const typeWords = (type: FieldType | undefined): string =>
  type === undefined ? "type not known yet" : describeType(type);
