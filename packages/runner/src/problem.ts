import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type Checked,
  diagnose,
  type Environment,
  nearest,
  type ProblemData,
  type ProblemSchema,
} from "@seams/core";
import {
  findProblem,
  galleryProblems,
  type GalleryPipeline,
  type Problem,
  type RowCounts,
} from "@seams/problems";
import { readProblemFolder } from "@seams/problems/folder";
import { folderSource } from "@seams/problems/node";

/** A problem of the gallery or of a folder. */
export interface OpenedProblem {
  readonly id: string;
  readonly schema: ProblemSchema;
  /** What `openProblem` finds it by in another process: a gallery id, or a folder's whole path. */
  readonly reference: string;
  /** The gallery's pipelines for it; a folder has none. */
  readonly pipelines: readonly GalleryPipeline[];
  /** Records by part of the split. */
  readonly rows: RowCounts;
  /** The world in which pipelines are judged, where the problem has one. */
  readonly environment?: Environment;
  /** `ProblemData.hash`, without loading the records where it is known. */
  hash(): Promise<string>;
  load(): Promise<ProblemData>;
}

/**
 * Opens a gallery problem by its id, or a problem folder by its path. A folder is read whole, so that all its
 * diagnostics come at once; warnings come beside the value.
 */
export async function openProblem(nameOrFolder: string): Promise<Checked<OpenedProblem>> {
  const problem = findProblem(nameOrFolder);
  if (problem !== undefined) return { value: fromGallery(problem), diagnostics: [] };
  const folder = resolve(nameOrFolder);
  if (nameOrFolder !== "" && (await isFolder(folder))) return fromFolder(folder);
  const near = nearest(
    nameOrFolder,
    galleryProblems.map(({ id }) => id),
  );
  const place = { at: "graph" } as const;
  return {
    value: undefined,
    diagnostics: [diagnose.problem.problemUnknown({ place, name: nameOrFolder, near })],
  };
}

function fromGallery(problem: Problem): OpenedProblem {
  const { id, schema, pipelines, card, environment } = problem;
  let loaded: Promise<ProblemData> | undefined;
  return {
    id,
    schema,
    reference: id,
    pipelines,
    rows: card.rows,
    ...(environment === undefined ? {} : { environment }),
    hash: () => Promise.resolve(card.provenance.hash),
    load: () => (loaded ??= problem.load()),
  };
}

async function fromFolder(folder: string): Promise<Checked<OpenedProblem>> {
  const { value, diagnostics } = await readProblemFolder(folderSource(folder));
  if (value === undefined) return { value: undefined, diagnostics };
  const { schema, data } = value;
  return {
    value: {
      id: schema.name,
      schema,
      reference: folder,
      pipelines: [],
      rows: countRows(data),
      hash: () => Promise.resolve(data.hash),
      load: () => Promise.resolve(data),
    },
    diagnostics,
  };
}

function countRows({ split }: ProblemData): RowCounts {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const part of split) counts[part]++;
  return counts;
}

/** Whether a path is a folder that says it is a problem: others are as if they weren't there. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(join(path, "problem.json")).catch(() => undefined);
  return found?.isFile() === true;
}
