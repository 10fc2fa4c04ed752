import { randomUUID } from "node:crypto";
import type { GraphDocument } from "@seams/core";
import type { Prisma } from "../generated/prisma/client";
import { inTransaction, type Database } from "./database";

/** A person's pipeline, without its documents. */
export interface PipelineRow {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly problem: string;
  /** Number of the newest version. */
  readonly version: number;
  /** Hash of the newest version's document. */
  readonly hash: string;
  readonly updatedAt: Date;
}

/** One saved state of a pipeline. */
export interface PipelineVersionRow {
  readonly version: number;
  readonly hash: string;
  readonly document: GraphDocument;
  readonly savedAt: Date;
}

/** A document that was checked, with what is derived from it. */
export interface PipelineContent {
  readonly document: GraphDocument;
  readonly hash: string;
}

/** What a save came to. `conflict`: somebody saved `current` since; nothing was written. */
export type Saved =
  | { readonly is: "saved"; readonly version: number }
  | { readonly is: "conflict"; readonly current: number }
  | { readonly is: "missing" };

/** Makes a pipeline with its first version; returns its id. */
export async function createPipeline(
  database: Database,
  content: PipelineContent & { readonly description: string },
): Promise<string> {
  const id = randomUUID();
  const { document, hash, description } = content;
  await database.prisma.pipeline.create({
    data: {
      id,
      title: document.title,
      description,
      problem: document.problem,
      version: 1,
      versions: { create: { version: 1, hash, document: document as Prisma.InputJsonObject } }, // params are unknown to the type, JSON by the parser
    },
  });
  return id;
}

/**
 * Saves a new version on top of the one that the author saw. Of two who saw the same one, the first wins and the other
 * is told; nobody's work is overwritten.
 */
export async function savePipeline(
  database: Database,
  id: string,
  save: PipelineContent & { readonly expectedVersion: number },
): Promise<Saved> {
  const { document, hash, expectedVersion } = save;
  return inTransaction(database, async (transaction) => {
    const { rowCount } = await transaction.query(
      `update pipeline set version = version + 1, title = $3, problem = $4, updated_at = now()
       where id = $1 and version = $2 and removed_at is null`,
      [id, expectedVersion, document.title, document.problem],
    );
    if (rowCount !== 1) {
      const { rows } = await transaction.query<{ version: number }>(
        "select version from pipeline where id = $1 and removed_at is null",
        [id],
      );
      return rows[0] === undefined ? { is: "missing" } : { is: "conflict", current: rows[0].version };
    }
    await transaction.query(
      "insert into pipeline_version (pipeline_id, version, hash, document) values ($1, $2, $3, $4)",
      [id, expectedVersion + 1, hash, JSON.stringify(document)],
    );
    return { is: "saved", version: expectedVersion + 1 };
  });
}

/** Every pipeline that was not removed, or those of one problem; newest change first. */
export async function listPipelines(database: Database, problem?: string): Promise<readonly PipelineRow[]> {
  const { rows } = await database.pool.query<PipelineRow>(
    `select p.id, p.title, p.description, p.problem, p.version, v.hash, p.updated_at as "updatedAt"
     from pipeline p join pipeline_version v on v.pipeline_id = p.id and v.version = p.version
     where p.removed_at is null and ($1::text is null or p.problem = $1)
     order by p.updated_at desc, p.id`,
    [problem ?? null],
  );
  return rows;
}

/** One pipeline with one of its versions, the newest when none is named; undefined when either is missing. */
export async function readPipeline(
  database: Database,
  id: string,
  version?: number,
): Promise<{ readonly pipeline: PipelineRow; readonly version: PipelineVersionRow } | undefined> {
  const found = await database.prisma.pipeline.findFirst({
    where: { id, removedAt: null },
    include: {
      versions: { where: version === undefined ? {} : { version }, orderBy: { version: "desc" }, take: 1 },
    },
  });
  const row = found?.versions[0];
  if (!found || !row) return undefined;
  const { title, description, problem, updatedAt } = found;
  return {
    pipeline: { id, title, description, problem, version: found.version, hash: row.hash, updatedAt },
    version: {
      version: row.version,
      hash: row.hash,
      document: row.document as GraphDocument,
      savedAt: row.savedAt,
    }, // checked when it was written
  };
}

/** The versions of a pipeline, newest first, without their documents. */
export async function listVersions(
  database: Database,
  id: string,
): Promise<readonly { readonly version: number; readonly hash: string; readonly savedAt: Date }[]> {
  return database.prisma.pipelineVersion.findMany({
    where: { pipelineId: id, pipeline: { removedAt: null } },
    select: { version: true, hash: true, savedAt: true },
    orderBy: { version: "desc" },
  });
}

/** Takes a pipeline out of the lists. False when there is none. */
export async function removePipeline(database: Database, id: string): Promise<boolean> {
  const { count } = await database.prisma.pipeline.updateMany({
    where: { id, removedAt: null },
    data: { removedAt: new Date() },
  });
  return count === 1;
}
