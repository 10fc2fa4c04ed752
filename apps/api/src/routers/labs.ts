import * as z from "zod";
import { startMultiTaskLab, startTransferLab } from "../start-lab";
import { procedure, router } from "../trpc";
import { Budget, IdempotencyKey, NameId, TrialSeed, Version } from "./inputs";

const PipelineRef = z.strictObject({ id: NameId, version: Version.optional() });
const Stage = z.string().min(1).max(64);
const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const distinct = <T extends z.ZodType>(of: T) =>
  z.array(of).min(1).max(20).refine(isDistinct, "Name each value once.");
const Seeds = z.array(TrialSeed).min(1).max(100).refine(isDistinct, "Name each seed once.");

/** Labs: kinds of experiment. They are read, cancelled and resumed as any other. */
export const labsRouter = router({
  startTransfer: procedure
    .input(
      z.strictObject({
        target: PipelineRef,
        source: PipelineRef,
        stage: Stage.optional(),
        sourceStage: Stage.optional(),
        budgets: distinct(Budget).optional(),
        sourceBudgets: distinct(Budget).optional(),
        freeze: distinct(z.int().min(0).max(100)).optional(),
        seeds: Seeds,
        key: IdempotencyKey,
      }),
    )
    .mutation(
      async ({ ctx, input }): Promise<{ id: string }> => ({ id: await startTransferLab(ctx, input) }),
    ),

  startMultiTask: procedure
    .input(
      z.strictObject({
        pipeline: PipelineRef,
        stage: Stage.optional(),
        groups: z.array(z.array(Stage).max(32)).min(1).max(100).optional(),
        widths: distinct(z.number().gt(0).max(1000)).optional(),
        missing: distinct(z.number().min(0).lt(1)).optional(),
        ratios: distinct(z.number().gt(0).max(1000)).optional(),
        budget: Budget.optional(),
        seeds: Seeds,
        key: IdempotencyKey,
      }),
    )
    .mutation(
      async ({ ctx, input }): Promise<{ id: string }> => ({ id: await startMultiTaskLab(ctx, input) }),
    ),
});
