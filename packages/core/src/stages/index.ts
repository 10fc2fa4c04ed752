import { answer } from "./answer/answer";
import { arcPoints } from "./arc-points/arc-points";
import { convNet } from "./conv-net/conv-net";
import { crop } from "./crop/crop";
import { denseNet } from "./dense-net/dense-net";
import { field } from "./field/field";
import { formula } from "./formula/formula";
import { groundPlane } from "./ground-plane/ground-plane";
import { latticePlanner } from "./lattice-planner/lattice-planner";
import { lookup } from "./lookup/lookup";
import { pathFollower } from "./path-follower/path-follower";
import { rangeScan } from "./range-scan/range-scan";
import { createRegistry } from "./registry";
import { sequenceNet } from "./sequence-net/sequence-net";
import { sharedTrunk } from "./shared-trunk/shared-trunk";
import type { StageKind } from "./stage";
import { transcriber } from "./transcriber/transcriber";

/** Every stage kind, one line each, in the palette's order. */
// biome-ignore format: one line a kind
export const standardKinds: readonly StageKind[] = [
  field,
  answer,
  denseNet,
  convNet,
  sequenceNet,
  transcriber,
  sharedTrunk,
  formula,
  lookup,
  crop,
  arcPoints,
  groundPlane,
  rangeScan,
  latticePlanner,
  pathFollower,
];

/** The kinds that documents may use. */
export const standardStages = createRegistry(standardKinds);
