import { compile, type TrainingPlan } from "@seams/core";
import { type EndedTrial, type RetrainedTrial, withTruthFrom } from "@seams/core/measure";
import { type GridQuestion, runGrid } from "@seams/runner";
import type { CompiledGraph } from "./compile-graph";

/** A pipeline with one stage's truth fed to what follows while it trains. */
export interface Variant {
  readonly id: string;
  readonly plan: TrainingPlan;
  readonly pipeline: string;
  readonly stage: string;
}

/** The variants that the second ceilings need: of every stage whose followers were not trained on its truth anyway. */
export function variantsOf(
  compiled: readonly CompiledGraph[],
  trials: readonly EndedTrial[],
): readonly Variant[] {
  return compiled.flatMap(({ source: { id, document }, plan, problem }) => {
    const known = trials.find((trial) => trial.pipeline === id && "result" in trial);
    const oracles = known !== undefined && "result" in known ? known.result.oracles : undefined;
    if (oracles === undefined) return [];
    const learned = new Set(plan.phases.flatMap((phase) => (phase.do === "train" ? phase.train : [])));
    return oracles.stages
      .filter((stage) => !oracles.onTruth.includes(stage))
      .flatMap((stage): Variant[] => {
        const compiling = compile(withTruthFrom(document, stage, learned), { problem: problem.schema });
        if (compiling.plan === undefined) return []; // a link that can't be fed with the truth: no second ceiling
        return [{ id: `${id} with ${stage} true`, plan: compiling.plan, pipeline: id, stage }];
      });
  });
}

/** Trains the variants over the comparison's budgets and seeds. Those that fail or are cancelled are left out. */
export async function runVariants(
  variants: readonly Variant[],
  grid: GridQuestion,
): Promise<readonly RetrainedTrial[]> {
  if (variants.length === 0) return [];
  const trials = await runGrid({ ...grid, pipelines: variants });
  return trials.flatMap(({ pipeline, budget, seed, end }): RetrainedTrial[] => {
    const variant = variants.find(({ id }) => id === pipeline);
    if (variant === undefined || end.is !== "done") return [];
    return [{ pipeline: variant.pipeline, stage: variant.stage, budget, seed, result: end.result }];
  });
}
