import { answer } from "./answer/answer";
import { field } from "./field/field";
import { createRegistry } from "./registry";
import type { StageKind } from "./stage";

/** Every stage kind, one line each, in the palette's order. */
// biome-ignore format: one line a kind
export const standardKinds: readonly StageKind[] = [
  field,
  answer,
];

/** The kinds that documents may use. */
export const standardStages = createRegistry(standardKinds);
