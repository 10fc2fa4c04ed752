import { checkGraphDocument, graphHash, isClean } from "@seams/core";
import {
  createPipeline,
  listPipelines,
  listVersions,
  readPipeline,
  removePipeline,
  savePipeline,
  type PipelineContent,
} from "@seams/db";
import { TRPCError } from "@trpc/server";
import * as z from "zod";
import type { GalleryPipeline } from "../library/problem-library";
import type { Services } from "../services";
import { conflicting, notFound, procedure, refused, router } from "../trpc";
import type { PipelineSummary, PipelineVersionSummary, PipelineView } from "../wire";
import { NameId, Version } from "./inputs";

const OneVersion = z.strictObject({ id: NameId, version: Version.optional() });

/** Pipelines: the gallery's, which are read-only, and a person's, which keep every version. */
export const pipelinesRouter = router({
  list: procedure
    .input(z.strictObject({ problem: NameId.optional() }).optional())
    .query(async ({ ctx, input }): Promise<PipelineSummary[]> => {
      const gallery = ctx.library.pipelines.filter(
        (pipeline) => input?.problem === undefined || pipeline.document.problem === input.problem,
      );
      const own = await listPipelines(ctx.database, input?.problem);
      return [
        ...own.map(({ id, title, problem, version, hash, updatedAt }) => ({
          id,
          title,
          problem,
          version,
          hash,
          origin: "own" as const,
          updatedAt: updatedAt.toISOString(),
        })),
        ...gallery.map(gallerySummary),
      ];
    }),

  get: procedure.input(OneVersion).query(({ ctx, input }): Promise<PipelineView> => viewPipeline(ctx, input)),

  create: procedure
    .input(z.strictObject({ document: z.unknown(), description: z.string().max(2_000).default("") }))
    .mutation(async ({ ctx, input }): Promise<{ id: string; version: number }> => {
      const id = await createPipeline(ctx.database, {
        ...check(input.document),
        description: input.description,
      });
      return { id, version: 1 };
    }),

  save: procedure
    .input(z.strictObject({ id: NameId, expectedVersion: Version, document: z.unknown() }))
    .mutation(async ({ ctx, input }): Promise<{ id: string; version: number; hash: string }> => {
      const content = check(input.document);
      const saved = await savePipeline(ctx.database, input.id, {
        ...content,
        expectedVersion: input.expectedVersion,
      });
      switch (saved.is) {
        case "saved":
          return { id: input.id, version: saved.version, hash: content.hash };
        case "conflict":
          throw conflicting({ expectedVersion: input.expectedVersion, currentVersion: saved.current });
        case "missing":
          if (ctx.library.pipeline(input.id)) {
            throw new TRPCError({
              code: "FORBIDDEN",
              message: "The gallery's pipelines can't be changed. Fork it to change it.",
            });
          }
          throw notFound("pipeline");
      }
    }),

  fork: procedure
    .input(OneVersion)
    .mutation(async ({ ctx, input }): Promise<{ id: string; version: number }> => {
      const { document, description } = await viewPipeline(ctx, input);
      const copy = { ...document, title: forkTitle(document.title) };
      return {
        id: await createPipeline(ctx.database, { document: copy, hash: graphHash(copy), description }),
        version: 1,
      };
    }),

  versions: procedure
    .input(z.strictObject({ id: NameId }))
    .query(async ({ ctx, input }): Promise<PipelineVersionSummary[]> => {
      const gallery = ctx.library.pipeline(input.id);
      if (gallery) return [{ version: 1, hash: gallery.hash, savedAt: null }];
      const versions = await listVersions(ctx.database, input.id);
      if (versions.length === 0) throw notFound("pipeline");
      return versions.map(({ version, hash, savedAt }) => ({
        version,
        hash,
        savedAt: savedAt.toISOString(),
      }));
    }),

  remove: procedure
    .input(z.strictObject({ id: NameId }))
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => {
      if (!(await removePipeline(ctx.database, input.id))) throw notFound("pipeline");
      return { id: input.id };
    }),
});

const MAX_TITLE = 80;

function forkTitle(title: string): string {
  return `${title} (fork)`.length <= MAX_TITLE ? `${title} (fork)` : title;
}

/** A draft may have mistakes that the compiler finds; it has to be a document. */
function check(value: unknown): PipelineContent {
  const { value: document, diagnostics } = checkGraphDocument(value);
  if (document === undefined || !isClean(diagnostics)) throw refused(diagnostics);
  return { document, hash: graphHash(document) };
}

function gallerySummary({ id, document, title, hash }: GalleryPipeline): PipelineSummary {
  return { id, title, problem: document.problem, version: 1, hash, origin: "gallery", updatedAt: null };
}

/** Finds a pipeline of either origin. */
export async function viewPipeline(
  ctx: Services,
  wanted: { id: string; version?: number | undefined },
): Promise<PipelineView> {
  const gallery = ctx.library.pipeline(wanted.id);
  if (gallery && (wanted.version ?? 1) === 1) {
    const { description, document } = gallery;
    return { ...gallerySummary(gallery), description, document, readOnly: true };
  }
  const found = gallery ? undefined : await readPipeline(ctx.database, wanted.id, wanted.version);
  if (!found) throw notFound("pipeline");
  const { pipeline, version } = found;
  return {
    id: pipeline.id,
    title: version.document.title,
    problem: version.document.problem,
    version: version.version,
    hash: version.hash,
    origin: "own",
    updatedAt: version.savedAt.toISOString(),
    description: pipeline.description,
    document: version.document,
    readOnly: version.version !== pipeline.version,
  };
}
