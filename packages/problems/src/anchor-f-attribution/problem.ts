import { ANCHOR_ROWS, ANCHOR_SOURCE } from "../anchors";
import { defineProblem } from "../problem";
import { pipelines } from "./pipelines";
import { attributionRecords, BIT, PAIR, TRIPLE } from "./records";

/** Anchor F: attribution of errors whose closed form is known, and a bias that a later stage undoes. */
export const anchorF = defineProblem({
  id: "anchor-f-attribution",
  title: "Anchor F: three synthetic stages with known errors",
  summary:
    "Three bits, seen with errors of 10, 20 and 15 %; the answer is all three. What each stage's errors cost is known in closed form: .1 × .8 × .85, .2 × .85 and .15.",
  lessons: ["decomposition"],
  provenance: {
    ...ANCHOR_SOURCE,
    hash: "2b35a6eadc798a95d35c85df4495ce4206d6ecbc165d5af2e6232eb3ff99d178",
    text: "Independent fair bits; each is seen wrongly at random at its own rate, which no amount of training can lower. `shifted` is the first bit, turned round in training rows only: labels with a bias that test labels don't have.",
  },
  rows: ANCHOR_ROWS,
  schema: {
    fields: {
      seen1: BIT,
      seen2: BIT,
      seen3: BIT,
      one: { ...BIT, price: 1 },
      shifted: { ...BIT, price: 1 },
      two: { ...PAIR, price: 1 },
      y: { ...TRIPLE, price: 1 },
    },
    input: ["seen1", "seen2", "seen3"],
    target: ["y"],
    metric: "accuracy",
    split: { column: "split" },
  },
  records: attributionRecords,
  pipelines,
});
