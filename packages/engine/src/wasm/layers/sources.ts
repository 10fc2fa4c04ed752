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

/** A max-pool by 2 × 2 tiles if it is there. */
export function pairPool(facts: LayerFacts | undefined): LayerFacts | undefined {
  const pool = readerOfKind(facts, "max-pool2d");
  return pool !== undefined && wholeParam(pool.layer, "size") === 2 ? pool : undefined;
}
