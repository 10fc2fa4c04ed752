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
  convolution: z.enum(["plain", "separable"]).default("plain").meta({
    title: "Convolution",
    help: "plain: a filter sees all channels of its window. separable: one filter slides over each channel, then each place is mixed by itself, with far fewer weights and less work.",
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
  params: ConvolutionParams & { readonly norm: Norm },
): string {
  const { kernelSize: kernel, stride, pool, poolBy, norm } = params;
  const window = { kernel, stride, padding: "same" };
  return params.filters.reduce((from, filters, index) => {
    const k = index + 1;
    const seen =
      params.convolution === "plain"
        ? list.add(`conv.${k}`, "conv2d", [from], { filters, ...window })
        : mixed(list, k, { filters, from: list.add(`depth.${k}`, "depthwise-conv2d", [from], window) });
    const rectified = list.add(`conv-relu.${k}`, "relu", [list.normed(`conv-norm.${k}`, seen, norm)]);
    return pool === 1 ? rectified : list.add(`pool.${k}`, POOLS[poolBy], [rectified], { size: pool });
  }, image);
}

/** Each place's channels mixed by themselves. */
const mixed = (list: LayerList, k: number, { filters, from }: { filters: number; from: string }): string =>
  list.add(`conv.${k}`, "conv2d", [from], { filters, kernel: 1, stride: 1, padding: "same" });

const POOLS = { max: "max-pool2d", mean: "avg-pool2d" } as const;
