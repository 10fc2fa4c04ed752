import { ANCHOR_ROWS, ANCHOR_SOURCE } from "../anchors";
import { defineProblem, type Problem } from "../problem";
import { pipelines } from "./pipelines";
import { ANSWER, SIDES, transferRecords, type TransferTask, X } from "./tasks";

interface Variant {
  readonly title: string;
  readonly summary: string;
  readonly hash: string;
}

function anchorE(task: TransferTask, { title, summary, hash }: Variant): Problem {
  const answer = task === "source" || task === "permuted" ? SIDES : ANSWER;
  return defineProblem({
    id: `anchor-e-${task}`,
    title: `Anchor E: ${title}`,
    summary,
    lessons: ["transfer"],
    provenance: {
      ...ANCHOR_SOURCE,
      hash,
      text: "20 independent standard normal values; four hidden directions, bent by tanh, are the features. A asks for the sides of all four, B for the sign of a weighted sum of them, and B′ for that of four others.",
    },
    rows: ANCHOR_ROWS,
    schema: {
      fields: { x: X, y: { ...answer, price: 1 } },
      input: ["x"],
      target: ["y"],
      metric: "accuracy",
      split: { column: "split" },
    },
    records: () => transferRecords(task),
    pipelines,
  });
}

/** Anchor E: when transfer helps. A, its control with shuffled answers, B on the same features, B′ on others. */
export const anchorEVariants: readonly Problem[] = [
  anchorE("source", {
    title: "the synthetic task A to start from",
    summary:
      "Which sides of four hidden features x lies on: sixteen classes. What a network learns here, B can use.",
    hash: "94a4597265fe5c58bf13d9e75ff33c5763af953b58992db79288a59138426b31",
  }),
  anchorE("permuted", {
    title: "A's synthetic answers, shuffled",
    summary:
      "A's records with its answers in another order: a control, since there is nothing in it to learn.",
    hash: "4fdc5e495c30c3d86b38f0abe9ca4aafc4a14c5823753e92d615f84004e05a87",
  }),
  anchorE("target", {
    title: "a synthetic task B on A's features",
    summary:
      "A yes-or-no question about the hidden features that A is about. Starting from A helps while rows are few.",
    hash: "94772ec3658c80dcece101146c8d2b2731671ca986c6e0cdacd36f9e49818c02",
  }),
  anchorE("unrelated", {
    title: "a synthetic task B′ on other features",
    summary:
      "The same kind of question about features that A knows nothing of. Starting from A must not help.",
    hash: "8df43df2d97e8ea6f4ba2d47af6231668fe765474daf41ccd80176b47cb9d502",
  }),
];
