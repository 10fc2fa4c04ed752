import type { Lowering } from "../lowering";
import { concat } from "./concat";
import { conv2d } from "./conv2d";
import { dense } from "./dense";
import { maxPool2d } from "./max-pool2d";
import { sigmoid, softmax } from "./probabilities";
import { relu } from "./relu";
import { standardise } from "./standardise";
import { flatten, foldSteps, unfoldSteps } from "./views";

/** Layer kinds that have a wasm program, by name. A kind that is not here runs eagerly. */
export const lowerings: Readonly<Record<string, Lowering | undefined>> = {
  dense,
  conv2d,
  "max-pool2d": maxPool2d,
  flatten,
  concat,
  relu,
  softmax,
  sigmoid,
  standardise,
  "fold-steps": foldSteps,
  "unfold-steps": unfoldSteps,
};
