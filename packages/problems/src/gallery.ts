import { anchorA } from "./anchor-a-composition/problem";
import { anchorB } from "./anchor-b-lossy-seam/problem";
import { anchorC } from "./anchor-c-crossover/problem";
import { anchorDVariants } from "./anchor-d-multi-task/problem";
import { anchorEVariants } from "./anchor-e-transfer/problem";
import { anchorF } from "./anchor-f-attribution/problem";
import { digitSums } from "./digit-sums/problem";
import { driving } from "./driving/problem";
import type { GalleryPipeline, Problem } from "./problem";

/** All problems of the gallery, in the order in which they are shown. */
export const galleryProblems: readonly Problem[] = [
  digitSums,
  driving,
  anchorA,
  anchorB,
  anchorC,
  ...anchorDVariants,
  ...anchorEVariants,
  anchorF,
];

/** The gallery problem of this id. */
export const findProblem = (id: string): Problem | undefined =>
  galleryProblems.find((problem) => problem.id === id);

/** The gallery pipeline of this id, `problem/name`. */
export const findPipeline = (id: string): GalleryPipeline | undefined =>
  galleryProblems.flatMap(({ pipelines }) => pipelines).find((pipeline) => pipeline.id === id);
