import type { Anchor } from "./anchor";
import { attribution } from "./attribution";
import { decompositions } from "./decompositions";
import { multiTask } from "./multi-task";
import { transfer } from "./transfer";

/** Every problem whose answer is known. Any change to the engine, the statistics or the advisor must keep them. */
export const anchors: readonly Anchor[] = [...decompositions, multiTask, transfer, attribution];
