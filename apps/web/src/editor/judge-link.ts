import {
  compile,
  type Diagnostic,
  type GraphDocument,
  type ProblemSchema,
  type Speed,
  type StageRegistry,
} from "@seams/core";
import { endOf } from "@seams/ui/graph";
import { connect } from "./commands";

/** What a document is compiled against. */
export interface CompileContext {
  readonly problem: ProblemSchema;
  readonly stages: StageRegistry;
  /** This machine's, where it was measured. */
  readonly speed?: Speed;
}

/** The two ends of a link that does not exist yet, as `stage.port`. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/**
 * Why a link cannot be, or undefined where it can: compiles the part of the pipeline that the link would touch, and asks
 * for errors at the link, and at its end.
 */
export function judgeLink(document: GraphDocument, ends: Ends, context: CompileContext): string | undefined {
  const to = endOf(ends.to).stage;
  const from = endOf(ends.from).stage;
  if (from === to) return "A stage can't feed itself.";
  if (stagesAbove(document, from).has(to))
    return `${to} already feeds ${from}: the link would close a circle.`;
  const part = partAround(document, [from, to]);
  const before = new Set(errorsAt(part, ends, context).map(key));
  const error = errorsAt(connect(part, ends), ends, context).find(
    (diagnostic) => !before.has(key(diagnostic)) || diagnostic.place.at === "link",
  );
  if (error === undefined) return undefined;
  return error.fix === undefined ? error.message : `${error.message} ${error.fix}`;
}

const key = ({ code, message }: Diagnostic): string => `${code} ${message}`;

function errorsAt(
  document: GraphDocument,
  { from, to }: Ends,
  context: CompileContext,
): readonly Diagnostic[] {
  const end = endOf(to);
  return compile(document, context).diagnostics.filter(({ severity, place }) => {
    if (severity !== "error") return false;
    if (place.at === "link") return place.from === from && place.to === to;
    return "stage" in place && place.stage === end.stage && (place.at !== "port" || place.port === end.port);
  });
}

/** The stages that some stage gets its values from, itself included. */
function stagesAbove(document: GraphDocument, stage: string): ReadonlySet<string> {
  const found = new Set([stage]);
  const upstream = new Map<string, string[]>();
  for (const link of document.links) {
    const to = endOf(link.to).stage;
    upstream.set(to, [...(upstream.get(to) ?? []), endOf(link.from).stage]);
  }
  // A set grows while it is walked: what is added is visited too.
  for (const name of found) for (const above of upstream.get(name) ?? []) found.add(above);
  return found;
}

/** The document without the stages that these do not depend on: judging stays quick in a large pipeline. */
function partAround(document: GraphDocument, stages: readonly string[]): GraphDocument {
  const kept = new Set(stages.flatMap((stage) => [...stagesAbove(document, stage)]));
  return {
    ...document,
    stages: Object.fromEntries(Object.entries(document.stages).filter(([name]) => kept.has(name))),
    links: document.links.filter(({ from, to }) => kept.has(endOf(from).stage) && kept.has(endOf(to).stage)),
  };
}
