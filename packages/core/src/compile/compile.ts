import { type Diagnostic, isClean } from "../diagnostics/diagnostic";
import { graphHash } from "../graph/canonical";
import type { GraphDocument } from "../graph/document";
import type { ProblemSchema } from "../problem/document";
import { standardStages } from "../stages/index";
import type { StageRegistry } from "../stages/stage";
import { parseGraph } from "./1-parse";
import { inferTypes } from "./2-infer";
import { schedulePlan } from "./3-schedule";
import { REFERENCE_SPEED, type Speed } from "./4-price";
import type { Graph, TrainingPlan, TypedGraph } from "./plan";

/** What a document is compiled against. */
export interface CompileContext {
  readonly problem: ProblemSchema;
  /** Absent: the standard ones. */
  readonly stages?: StageRegistry;
  /** What this machine was measured to do. Absent: a reference machine's. */
  readonly speed?: Speed;
}

/** How far the compiler came, and everything that it found. */
export interface Compilation {
  readonly graph?: Graph;
  readonly typed?: TypedGraph;
  /** Absent exactly where some diagnostic is an error. */
  readonly plan?: TrainingPlan;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The compiler: from a document to a plan that can be executed. Pure and total: it runs on every edit, in the browser,
 * and again where the plan is executed. To understand how it works, start here.
 *
 * ```
 * GraphDocument   what a person drew or wrote
 *    │ 1-parse      kinds known, params read, links end at ports, no circles
 *  Graph
 *    │ 2-infer      types flow along the links; learned stages say their networks
 *  TypedGraph
 *    │ 3-schedule   what trains together, in which order, on labels or predictions
 *    │ 4-price      weights, operations, memory, time of each phase
 *  TrainingPlan
 * ```
 *
 * Every step goes on with whatever the one before could make, so that all mistakes are reported at once.
 */
export function compile(document: GraphDocument, context: CompileContext): Compilation {
  const { problem, stages = standardStages, speed = REFERENCE_SPEED } = context;
  const { value: graph, diagnostics: parsing } = parseGraph(document, { problem, stages });
  if (graph === undefined) return { diagnostics: parsing };
  const { value: typed, diagnostics: inference } = inferTypes(graph);
  const diagnostics = [...parsing, ...inference];
  if (typed === undefined) return { graph, diagnostics };
  const { value: plan, diagnostics: scheduling } = schedulePlan(typed, {
    stages,
    speed,
    graph: graphHash(document),
    isClean: isClean(diagnostics),
  });
  diagnostics.push(...scheduling);
  return { graph, typed, diagnostics, ...(plan === undefined ? {} : { plan }) };
}
