import { join } from "node:path";
import { graphHash, type GraphDocument, type ProblemData, type ProblemSchema } from "@seams/core";
import { listProblems, readProblem, type Database, type ProblemRow } from "@seams/db";
import { findProblem, galleryProblems, readProblemFolder, type Problem } from "@seams/problems";
import { folderSource } from "@seams/problems/node";
import type { Provenance } from "../wire";

/** A problem of either origin. */
export interface LibraryProblem {
  readonly id: string;
  readonly source: "gallery" | "imported";
  readonly schema: ProblemSchema;
  readonly summary: string;
  readonly lessons: readonly string[];
  readonly synthetic: boolean;
  readonly provenance: Omit<Provenance, "hash">;
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
  pipelines(): Promise<readonly GalleryPipeline[]>;
  pipeline(id: string): Promise<GalleryPipeline | undefined>;
}
