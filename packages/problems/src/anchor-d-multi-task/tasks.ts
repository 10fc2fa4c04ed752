import { type FieldTypeOf, keepRecords } from "@seams/core";
import { ANCHOR_ROWS, anchorStream, direction, dot, normals } from "../anchors";
import { fullColumn, splitInBlocks } from "../columns";
import type { Records } from "../data-hash";

/** The six yes-or-no questions about one x. */
export const TASKS = ["a", "b", "c", "d", "e", "f"] as const;
export const X = { is: "vector", size: 20 } as const satisfies FieldTypeOf<"vector">;
export const ANSWER = { is: "label", classes: ["no", "yes"] } as const satisfies FieldTypeOf<"label">;

/** Hidden features that a question is asked about: bent sums of x. */
const FEATURES = 4;
/** How sharply a feature bends; at 0 it would be linear, and nothing would be left to share. */
const BEND = 3;

/** One variant of the anchor. */
export interface Variant {
  /** Related: all questions are about the same hidden features. Unrelated: each has features of its own. */
  readonly tasks: "related" | "unrelated";
  /** Percentage of each question's training answers that are missing, at random. */
  readonly missing: 0 | 50 | 80;
}

/** Records of a variant. x and the true answers don't depend on how many are missing; test answers are all there. */
export function taskRecords({ tasks, missing }: Variant): Records {
  const rows = ANCHOR_ROWS.train + ANCHOR_ROWS.validation + ANCHOR_ROWS.test;
  const random = anchorStream("anchor-d", "x");
  const x = Float32Array.from({ length: rows * X.size }, () => random.normal());
  const split = splitInBlocks(ANCHOR_ROWS);
  const questions = TASKS.map((task) => {
    const features = hiddenFeatures(tasks === "related" ? "shared" : task);
    const weights = normals(anchorStream("anchor-d", "question", task), FEATURES);
    const truth = fullColumn(ANSWER, answers({ x, rows, features, weights }));
    const lost = anchorStream("anchor-d", "missing", task);
    const isLost = split.map((part) => lost.uniform() * 100 < missing && part === "train");
    return [task, keepRecords(truth, (row) => isLost[row] !== true)] as const;
  });
  return { rows, columns: { x: fullColumn(X, x), ...Object.fromEntries(questions) }, split };
}

/** Directions in x of the features that a question, or all, are about. */
function hiddenFeatures(owner: string): Float64Array[] {
  const random = anchorStream("anchor-d", "features", owner);
  return Array.from({ length: FEATURES }, () => direction(random, X.size));
}

interface Question {
  readonly x: Float32Array;
  readonly rows: number;
  readonly features: readonly Float64Array[];
  readonly weights: Float64Array;
}

/** yes where Σ weightᵢ · tanh(BEND · featureᵢ·x) > 0 */
function answers({ x, rows, features, weights }: Question): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => {
    const bent = features.map((feature) => Math.tanh(BEND * dot(feature, x, row * X.size)));
    return dot(weights, bent) > 0 ? 1 : 0;
  });
}
