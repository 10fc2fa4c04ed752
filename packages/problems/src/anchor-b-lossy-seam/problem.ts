import type { FieldTypeOf } from "@seams/core";
import { ANCHOR_ROWS, ANCHOR_SOURCE, anchorStream, direction, dot } from "../anchors";
import { fullColumn, numberClasses, splitInBlocks } from "../columns";
import type { Records } from "../data-hash";
import { defineProblem } from "../problem";
import { pipelines } from "./pipelines";

const X = { is: "vector", size: 20 } as const satisfies FieldTypeOf<"vector">;
const LEVEL = { is: "label", classes: numberClasses(4) } as const satisfies FieldTypeOf<"label">;
const BIN = { is: "label", classes: numberClasses(8) } as const satisfies FieldTypeOf<"label">;

/** Standard normal quantiles of 1/8 … 7/8: they cut w·x, which is standard normal, into eight equally likely bins. */
const BIN_EDGES = [-1.15034938, -0.67448975, -0.31863936, 0, 0.31863936, 0.67448975, 1.15034938];

/** y is the bin of w·x; the seam's level is two neighbouring bins in one. */
function records(): Records {
  const rows = ANCHOR_ROWS.train + ANCHOR_ROWS.validation + ANCHOR_ROWS.test;
  const random = anchorStream("anchor-b");
  const w = direction(random, X.size);
  const x = Float32Array.from({ length: rows * X.size }, () => random.normal());
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const score = dot(w, x, row * X.size);
    return BIN_EDGES.filter((edge) => score > edge).length;
  });
  return {
    rows,
    columns: {
      x: fullColumn(X, x),
      level: fullColumn(
        LEVEL,
        y.map((bin) => Math.floor(bin / 2)),
      ),
      y: fullColumn(BIN, y),
    },
    split: splitInBlocks(ANCHOR_ROWS),
  };
}

/** Anchor B: a seam that throws information away. End to end must win once there is data. */
export const anchorB = defineProblem({
  id: "anchor-b-lossy-seam",
  title: "Anchor B: eight synthetic bins through a four-level seam",
  summary:
    "The answer is which of eight bins a hidden weighted sum falls into. A pipeline that is forced through a seam of four levels cannot be right more often than every other time.",
  lessons: ["decomposition"],
  provenance: {
    ...ANCHOR_SOURCE,
    hash: "b0428602cdb3ed6ff8ecb24ad5d1fa3f6f7316e1651e6b6c3292c5e5980b4b35",
    text: "20 independent standard normal values; a hidden direction gives the weighted sum, whose eight bins are equally likely. There is no noise: given enough data the bin can be known exactly, but not from the level.",
  },
  rows: ANCHOR_ROWS,
  schema: {
    fields: { x: X, level: { ...LEVEL, price: 1 }, y: { ...BIN, price: 1 } },
    input: ["x"],
    target: ["y"],
    metric: "accuracy",
    split: { column: "split" },
  },
  records,
  pipelines,
});
