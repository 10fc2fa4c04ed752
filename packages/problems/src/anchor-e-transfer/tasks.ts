import type { FieldTypeOf } from "@seams/core";
import { ANCHOR_ROWS, anchorStream, direction, dot, normals } from "../anchors";
import { fullColumn, numberClasses, splitInBlocks } from "../columns";
import type { Records } from "../data-hash";

/** Hidden features that A and B share: bent sums of x. */
const FEATURES = 4;
/** How sharply a feature bends; at 0 it would be linear, and a head alone could learn it. */
const BEND = 3;

export const X = { is: "vector", size: 20 } as const satisfies FieldTypeOf<"vector">;
/** A's answer: which sides of the four features x lies on. */
export const SIDES = {
  is: "label",
  classes: numberClasses(2 ** FEATURES),
} as const satisfies FieldTypeOf<"label">;
/** B's answer. */
export const ANSWER = { is: "label", classes: ["no", "yes"] } as const satisfies FieldTypeOf<"label">;

/** The four tasks: A, A with its answers shuffled, B on A's features, and B′ on others. */
export type TransferTask = "source" | "permuted" | "target" | "unrelated";

/** Records of one task. Every task has an x of its own; source and permuted have the same. */
export function transferRecords(task: TransferTask): Records {
  const rows = ANCHOR_ROWS.train + ANCHOR_ROWS.validation + ANCHOR_ROWS.test;
  const isSource = task === "source" || task === "permuted";
  const random = anchorStream("anchor-e", "x", isSource ? "source" : task);
  const x = Float32Array.from({ length: rows * X.size }, () => random.normal());
  const owner = task === "unrelated" ? "unrelated" : "shared";
  const directions = anchorStream("anchor-e", "features", owner);
  const features = Array.from({ length: FEATURES }, () => direction(directions, X.size));
  const bent = (row: number): Float64Array =>
    Float64Array.from(features, (feature) => Math.tanh(BEND * dot(feature, x, row * X.size)));
  const split = splitInBlocks(ANCHOR_ROWS);
  if (isSource) {
    const sides = Float32Array.from({ length: rows }, (_, row) =>
      bent(row).reduce((sum, value, k) => sum + (value > 0 ? 2 ** k : 0), 0),
    );
    const y = task === "permuted" ? shuffled(sides) : sides;
    return { rows, columns: { x: fullColumn(X, x), y: fullColumn(SIDES, y) }, split };
  }
  const weights = normals(anchorStream("anchor-e", "weights", task), FEATURES);
  const y = Float32Array.from({ length: rows }, (_, row) => (dot(weights, bent(row)) > 0 ? 1 : 0));
  return { rows, columns: { x: fullColumn(X, x), y: fullColumn(ANSWER, y) }, split };
}

/** The same answers in another order (Fisher & Yates): nothing is left that x would tell of them. */
function shuffled(values: Float32Array): Float32Array {
  const random = anchorStream("anchor-e", "permutation");
  const order = values.slice();
  for (let k = order.length - 1; k > 0; k--) {
    const other = Math.floor(random.uniform() * (k + 1));
    [order[k], order[other]] = [order[other] ?? 0, order[k] ?? 0];
  }
  return order;
}
