import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  graphHash,
  readProblemDocument,
  type Environment,
  type GraphDocument,
  type ProblemData,
  type ProblemSchema,
} from "@seams/core";
import { listProblems, readProblem, type Database, type ProblemRow } from "@seams/db";
import { fieldsByPart, galleryProblems, type Problem } from "@seams/problems";
import { readProblemFolder } from "@seams/problems/folder";
import { folderSource } from "@seams/problems/node";
import { type KeepRecent, keepRecent } from "../keep-recent";
import type { ProblemCard, Provenance } from "../wire";

/** A problem of either origin. */
export interface LibraryProblem {
  readonly id: string;
  readonly card: ProblemCard;
  readonly schema: ProblemSchema;
  readonly provenance: Provenance;
  /** The world in which its pipelines are judged, where it has one. */
  readonly environment?: Environment;
  /** All records. Kept in memory for a while. */
  load(): Promise<ProblemData>;
}

/** A pipeline that comes with Seams. */
export interface GalleryPipeline {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly document: GraphDocument;
  readonly hash: string;
}

/** The gallery's problems and the imported ones under one roof. */
export interface ProblemLibrary {
  list(): Promise<readonly LibraryProblem[]>;
  find(id: string): Promise<LibraryProblem | undefined>;
  readonly pipelines: readonly GalleryPipeline[];
  pipeline(id: string): GalleryPipeline | undefined;
}

/** Problems whose records stay in memory. */
const MOST_LOADED = 3;

/** Where an imported problem's records are. Ids have one form only (routers/inputs.ts), which holds no path. */
export const problemFolder = (home: string, id: string): string => join(home, "problems", id);

/** Opens the library. */
export function createLibrary(database: Database, home: string): ProblemLibrary {
  const load = keepRecent<ProblemData>(MOST_LOADED);
  const pipelines = galleryProblems.flatMap((problem) =>
    problem.pipelines.map((pipeline) => ({ ...pipeline, hash: graphHash(pipeline.document) })),
  );
  const byId = new Map(pipelines.map((pipeline) => [pipeline.id, pipeline]));
  const gallery = new Map(galleryProblems.map((problem) => [problem.id, fromGallery(problem, load)]));
  const imported = (row: ProblemRow): Promise<LibraryProblem> =>
    fromFolder(row, problemFolder(home, row.id), load);
  return {
    pipelines,
    pipeline: (id) => byId.get(id),
    list: async () => [
      ...gallery.values(),
      ...(await Promise.all((await listProblems(database)).map(imported))),
    ],
    find: async (id) => {
      const found = gallery.get(id);
      if (found) return found;
      const row = await readProblem(database, id);
      return row && imported(row);
    },
  };
}

type Load = KeepRecent<ProblemData>;

function fromGallery(problem: Problem, load: Load): LibraryProblem {
  const { provenance, ...card } = problem.card;
  return {
    id: problem.id,
    schema: problem.schema,
    provenance,
    ...(problem.environment === undefined ? {} : { environment: problem.environment }),
    card: { ...card, source: "gallery" },
    load: () => load(problem.id, () => problem.load()),
  };
}

async function fromFolder(row: ProblemRow, folder: string, load: Load): Promise<LibraryProblem> {
  const { value: schema } = readProblemDocument(await readFile(join(folder, "problem.json"), "utf8"));
  if (!schema) throw new Error(`library: the imported problem ${row.id} has lost its problem.json`);
  const { id, title, train, validation, test, hash } = row;
  const summary = `Imported from ${row.source}.`;
  return {
    id,
    schema,
    card: {
      id,
      title,
      summary,
      lessons: [],
      synthetic: false,
      source: "imported",
      ...fieldsByPart(schema),
      rows: { train, validation, test },
      pipelines: 0,
    },
    provenance: {
      source: row.source,
      licence: "as imported",
      version: row.createdAt.toISOString().slice(0, 10),
      hash,
      generated: false,
      text: summary,
    },
    load: () =>
      load(id, async () => {
        const { value } = await readProblemFolder(folderSource(folder));
        if (!value) throw new Error(`library: the imported problem ${id} can no longer be read`);
        return value.data;
      }),
  };
}
