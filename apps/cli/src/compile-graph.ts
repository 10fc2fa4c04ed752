import { compile, type Diagnostic, type TrainingPlan } from "@seams/core";
import { type OpenedProblem, planningSpeed, seamsHome } from "@seams/runner";
import { type GraphSource, readGraph } from "./graph-source";
import { openProblemOf } from "./problem-source";
import type { FoundIn } from "./write-diagnostics";

/** A pipeline that can be trained. */
export interface CompiledGraph {
  readonly source: GraphSource;
  readonly problem: OpenedProblem;
  readonly plan: TrainingPlan;
}

/** What came of reading and compiling one pipeline. */
export interface Compiling {
  readonly source?: GraphSource;
  readonly compiled?: CompiledGraph;
  readonly diagnostics: readonly FoundIn[];
}

/** Problems that were opened already, by what they were asked for as: a folder is read once. */
export type Openings = Map<string, ReturnType<typeof openProblemOf>>;

/** Reads GRAPH, opens its problem, compiles. Everything found is told with the pipeline's name. */
export async function compileGraph(
  named: string,
  { asked, openings = new Map() }: { readonly asked?: string | undefined; readonly openings?: Openings } = {},
): Promise<Compiling> {
  const inGraph = (found: readonly Diagnostic[]): FoundIn[] => found.map((one) => ({ ...one, graph: named }));
  const { value: source, diagnostics: reading } = await readGraph(named);
  if (source === undefined) return { diagnostics: inGraph(reading) };
  const key = asked ?? JSON.stringify([source.folder, source.document.problem]);
  const isFirst = !openings.has(key);
  const opening = openings.get(key) ?? openProblemOf(source, asked);
  openings.set(key, opening);
  const { value: problem, diagnostics: ofProblem } = await opening;
  // What is wrong with a problem that several pipelines share is said once.
  const diagnostics = [...inGraph(reading), ...(isFirst ? ofProblem : [])];
  if (problem === undefined) return { source, diagnostics };
  const speed = await planningSpeed(seamsHome());
  const { plan, diagnostics: compiling } = compile(source.document, {
    problem: problem.schema,
    ...(speed === undefined ? {} : { speed }),
  });
  diagnostics.push(...inGraph(compiling));
  return plan === undefined
    ? { source, diagnostics }
    : { source, diagnostics, compiled: { source, problem, plan } };
}
