import { fileURLToPath } from "node:url";
import { compile } from "@seams/core";
import { type GoldenFiles, goldenFiles } from "@seams/core/golden";
import { galleryProblems } from "../../src/gallery";

const root = fileURLToPath(new URL("../samples/", import.meta.url));

/** What a gallery pipeline compiles to, and the folder that keeps it. */
export interface GalleryPlan {
  readonly id: string;
  readonly folder: string;
  readonly files: GoldenFiles;
}

/** Every pipeline of the gallery, compiled. */
export const galleryPlans = (): readonly GalleryPlan[] =>
  galleryProblems.flatMap(({ schema, pipelines }) =>
    pipelines.map(({ id, document }) => ({
      id,
      folder: `${root}${id}`,
      files: goldenFiles(compile(document, { problem: schema })),
    })),
  );
