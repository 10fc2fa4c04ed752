import { answer } from "./answer/answer";
import { crop } from "./crop/crop";
import { field } from "./field/field";
import { formula } from "./formula/formula";
import { lookup } from "./lookup/lookup";
import { createRegistry } from "./registry";
import type { StageKind } from "./stage";

/** Every stage kind, one line each, in the palette's order. */
// biome-ignore format: one line a kind
export const standardKinds: readonly StageKind[] = [
  field,
  answer,
  formula,
  lookup,
  crop,
];

/** The kinds that documents may use. */
export const standardStages = createRegistry(standardKinds);
