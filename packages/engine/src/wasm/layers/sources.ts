import type { LayerFacts } from "@seams/core";
import { wholeParam } from "./params";

/** The only input of a layer. @throws Error when there is none: the plan checked its number */
export function only<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error("programs: a layer without an input.");
  return first;
}

/** A layer if it is there and of this kind. */
export const readerOfKind = (facts: LayerFacts | undefined, kind: string): LayerFacts | undefined =>
  facts?.layer.kind === kind ? facts : undefined;

/** Max-pools of images, and of sequences, which are images of one row. */
const MAX_POOLS = ["max-pool2d", "max-pool1d"];

/** A max-pool by 2 × 2 tiles, or by pairs of a sequence, if it is there. */
export const pairPool = (facts: LayerFacts | undefined): LayerFacts | undefined =>
  facts !== undefined && MAX_POOLS.includes(facts.layer.kind) && wholeParam(facts.layer, "size") === 2
    ? facts
    : undefined;
