import * as z from "zod";
import type { Convolutions } from "./trunk";

const filters = z.array(z.int().min(1).max(512)).max(8);

/** Params of the convolutions in front of a stage's hidden layers. */
export const convolutionParams = (defaults: { readonly filters: readonly number[] }) => ({
  filters: filters.default([...defaults.filters]).meta({
    title: "Filters",
    help: "Filters of each block of convolution, ReLU and pool. Empty: no convolution.",
    unit: "filters",
  }),
  kernelSize: z.int().min(1).max(15).default(3).meta({
    title: "Kernel size",
    help: "Side of the window that a filter sees.",
    unit: "px",
  }),
  stride: z.int().min(1).max(8).default(1).meta({
    title: "Stride",
    help: "How far a filter moves from place to place. 2 halves the image in every block.",
    unit: "px",
  }),
  pool: z.int().min(1).max(8).default(2).meta({
    title: "Pool",
    help: "Side of the tiles of which only the largest value is kept after each convolution. 1 = no pool.",
    unit: "px",
  }),
  poolBy: z.enum(["max", "mean"]).default("max").meta({
    title: "Pool by",
    help: "max: the largest value of a tile, which says whether something is there. mean: its mean, which is smoother.",
  }),
  imageEnd: z.enum(["flatten", "mean"]).default("flatten").meta({
    title: "Image end",
    help: "flatten: every place goes on to the hidden layers. mean: each filter's mean over all places, which forgets where and needs far fewer weights.",
  }),
});

type ConvolutionParams = z.infer<z.ZodObject<ReturnType<typeof convolutionParams>>>;

/** The blocks that these params ask for. */
export const convolutionsOf = (params: ConvolutionParams): Convolutions => {
  const { filters, kernelSize, stride, pool, poolBy, imageEnd } = params;
  return { filters, kernelSize, stride, pool, poolBy, imageEnd };
};
