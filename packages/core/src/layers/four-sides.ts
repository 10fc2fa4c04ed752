import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { Tensor } from "./layer";

/**
 * A batch of images [batch, h, w, c], or a convolution's kernel, as tfjs' types want it.
 * @throws Error when it isn't there or has other sides: `check` comes before every other question
 */
export function fourSides(tensor: Tensor | undefined): Tensor4D {
  if (tensor === undefined || !hasFourSides(tensor))
    throw new Error("layers: expected a tensor of four sides");
  return tensor;
}

const hasFourSides = (tensor: Tensor): tensor is Tensor4D => tensor.rank === 4;
