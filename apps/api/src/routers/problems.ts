import { TRPCError } from "@trpc/server";
import * as z from "zod";
import { fieldFacts } from "../library/field-facts";
import { pageOfRecords } from "../library/records";
import { notFound, procedure, refused, router } from "../trpc";
import type { ProblemCard, ProblemView, RecordPage } from "../wire";
import { NameId } from "./inputs";

const MAX_PAGE = 60;
const Id = z.strictObject({ id: NameId });
const FieldName = z.string().min(1).max(64);
const ImportId = z.strictObject({ importId: z.uuid() });

const RecordQuery = z.strictObject({
  id: NameId,
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(MAX_PAGE).default(MAX_PAGE),
  split: z.enum(["train", "validation", "test"]).optional(),
  missing: FieldName.optional(),
  label: z.strictObject({ field: FieldName, value: z.string().max(200) }).optional(),
});

/** Problems and their records: the gallery's, and what a person imported. */
export const problemsRouter = router({
  list: procedure.query(
    async ({ ctx }): Promise<ProblemCard[]> => (await ctx.library.list()).map(({ card }) => card),
  ),

  get: procedure.input(Id).query(async ({ ctx, input }): Promise<ProblemView> => {
    const problem = await ctx.library.find(input.id);
    if (!problem) throw notFound("problem");
    const data = await problem.load();
    const fields = Object.entries(data.columns).map(([name, column]) => [name, fieldFacts(column, data)]);
    const { card, schema, provenance } = problem;
    return { card, schema, provenance, fields: Object.fromEntries(fields) };
  }),

  records: procedure.input(RecordQuery).query(async ({ ctx, input }): Promise<RecordPage> => {
    const problem = await ctx.library.find(input.id);
    if (!problem) throw notFound("problem");
    const { offset, limit, ...filter } = input;
    for (const field of [filter.missing, filter.label?.field]) {
      if (field !== undefined && !Object.hasOwn(problem.schema.fields, field)) throw notFound("field");
    }
    return pageOfRecords(await problem.load(), filter, { offset, limit });
  }),

  importConfirm: procedure
    .input(ImportId.extend({ schema: z.unknown().optional() }))
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => {
      const stored = await ctx.imports.confirm(ctx, input);
      switch (stored.is) {
        case "stored":
          return { id: stored.id };
        case "refused":
          throw refused(stored.diagnostics);
        case "gone":
          throw new TRPCError({
            code: "NOT_FOUND",
            message: "This import is no longer open. Choose the file again.",
          });
      }
    }),

  importDiscard: procedure.input(ImportId).mutation(async ({ ctx, input }): Promise<{ importId: string }> => {
    await ctx.imports.discard(input.importId);
    return { importId: input.importId };
  }),
});
