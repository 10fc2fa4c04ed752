import * as z from "zod";
import type { LayerList, Norm } from "./layer-list";
import { type Front, standardised } from "./trunk";

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

/** Blocks of convolution, norm, ReLU and pool, as these params ask for. */
export const convolutionsOf = (params: ConvolutionParams): Front => ({
  accepts: "an image",
  joins: "images",
  takes: (shape) => shape.length === 3,
  prepare: (list, port) => standardised(list, port),
  lay: (list, image, norm) => {
    const last = convolve(list, image, { ...params, norm });
    return params.imageEnd === "mean"
      ? list.add("image.mean", "global-avg-pool", [last])
      : list.add("image.flatten", "flatten", [last]);
  },
});

function convolve(
  list: LayerList,
  image: string,
  { filters: counts, kernelSize, stride, pool, poolBy, norm }: ConvolutionParams & { readonly norm: Norm },
): string {
  return counts.reduce((from, count, index) => {
    const k = index + 1;
    const params = { filters: count, kernel: kernelSize, stride, padding: "same" };
    const seen = list.add(`conv.${k}`, "conv2d", [from], params);
    const rectified = list.add(`conv-relu.${k}`, "relu", [list.normed(`conv-norm.${k}`, seen, norm)]);
    return pool === 1 ? rectified : list.add(`pool.${k}`, POOLS[poolBy], [rectified], { size: pool });
  }, image);
}

const POOLS = { max: "max-pool2d", mean: "avg-pool2d" } as const;
