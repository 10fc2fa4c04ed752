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
    "026d79e757f6789756af66928a3d2323e5476a4963f27c08da7643afa7295d07",
  ),
  anchorD(
    { tasks: "related", missing: 50 },
    "b74576161e9ebcea8fdfb499bf7401acffdfefe9258f5f5615753d9da098fee4",
  ),
  anchorD(
    { tasks: "related", missing: 80 },
    "6a7b90cc4c933e75be7bec5e3f7e13c18ca32f9e99616a28198a688523c544c7",
  ),
  anchorD(
    { tasks: "unrelated", missing: 0 },
    "5ed0a663f30b4cb340fd8a6d5153bf421c15260c36bc45d12c287e4306b3a3a1",
  ),
  anchorD(
    { tasks: "unrelated", missing: 50 },
    "58695f222b782413566c73914fe3745d46ff42fbc6c11ed675c90a03b0a3c0aa",
  ),
  anchorD(
    { tasks: "unrelated", missing: 80 },
    "3a4cff35a9363455ef739919d002a41b2ddc455155a8a8d144efbf40992b0ac3",
  ),
];
