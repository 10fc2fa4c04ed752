import { ANCHOR_ROWS, ANCHOR_SOURCE } from "../anchors";
import { defineProblem, type Problem } from "../problem";
import { pipelinesFor } from "./pipelines";
import { ANSWER, taskRecords, TASKS, type Variant, X } from "./tasks";

function anchorD(variant: Variant, hash: string): Problem {
  const { tasks, missing } = variant;
  const related =
    tasks === "related" ? "all about the same hidden features" : "each about hidden features of its own";
  const answers = Object.fromEntries(TASKS.map((task) => [task, { ...ANSWER, price: 1 }]));
  return defineProblem({
    id: `anchor-d-${tasks}-${missing}`,
    title: `Anchor D: six ${tasks} synthetic questions, ${missing} % unanswered`,
    summary: `Six yes-or-no questions about one vector, ${related}; ${missing} % of the training answers are missing at random.`,
    lessons: ["multi-task"],
    provenance: {
      ...ANCHOR_SOURCE,
      hash,
      text: "20 independent standard normal values; a question's answer is the sign of a weighted sum of four bent projections of them. Test answers are all there.",
    },
    rows: ANCHOR_ROWS,
    schema: {
      fields: { x: X, ...answers },
      input: ["x"],
      target: TASKS,
      metric: "accuracy",
      split: { column: "split" },
    },
    records: () => taskRecords(variant),
    pipelines: pipelinesFor(variant),
  });
}

/** Anchor D: when one trunk for several tasks helps. Six variants: related or not, nothing, half or most unanswered. */
export const anchorDVariants: readonly Problem[] = [
  anchorD(
    { tasks: "related", missing: 0 },
    "feae4c16796f52f1a27e708fa69bcacb5da09e1ffc482c8c623afb472d8971d1",
  ),
  anchorD(
    { tasks: "related", missing: 50 },
    "e824555fbfd18ee8df759a9975c4ba6b1d4929bb76912d8901b8ecff6a14e9b5",
  ),
  anchorD(
    { tasks: "related", missing: 80 },
    "f54533151491851eb9f4eba8e18588f881184fd580a56e77ca11644f4e421ab7",
  ),
  anchorD(
    { tasks: "unrelated", missing: 0 },
    "38d23ebc2321e48f4c784a41f129a67ae16b4ef8c9653c0752578c57c82e2877",
  ),
  anchorD(
    { tasks: "unrelated", missing: 50 },
    "18219d96a58a1491c9a7ba1be253524bfce6f4efbd0a7604083c6d1f08e1af67",
  ),
  anchorD(
    { tasks: "unrelated", missing: 80 },
    "93f0590471ae4b9295e1a2542ef423e6a2e4147b6fcdaa5429208a0efb783a8e",
  ),
];
