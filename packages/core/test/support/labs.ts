import type { GraphDocument } from "../../src/graph/document";
import type { LabPipeline, LabPlan } from "../../src/labs/lab";
import { parseProblem } from "../../src/problem/parse";
import type { ProblemSchema } from "../../src/problem/document";
import type { EndedTrial } from "../../src/measure/compare-trials";
import type { TrialResult } from "../../src/train/events";

const yesOrNo = { is: "label", classes: ["no", "yes"] } as const;

/** A problem of one vector `x` and yes-or-no targets. @throws Error for a mistake in the test */
export function labProblem(
  targets: readonly string[],
  { size = 4, metric = "accuracy" } = {},
): ProblemSchema {
  const type = metric === "rmse" ? { is: "scalar" } : yesOrNo;
  const { value, diagnostics } = parseProblem({
    format: 1,
    name: "p",
    title: "P",
    fields: { x: { is: "vector", size }, ...Object.fromEntries(targets.map((name) => [name, type])) },
    input: ["x"],
    target: targets,
    metric,
    split: { column: "split" },
  });
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join(" "));
  return value;
}

/** One dense net from x to y. */
export const denseDocument = (hidden: readonly number[], more: object = {}): GraphDocument => ({
  format: 1,
  title: "Net",
  problem: "p",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    read: { kind: "dense-net", params: { hidden, label: "y", ...more } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "out.value" },
  ],
});

/** One trunk with a head for each task. */
export const trunkDocument = (tasks: readonly string[]): GraphDocument => ({
  format: 1,
  title: "Trunk",
  problem: "p",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    trunk: {
      kind: "shared-trunk",
      params: { hidden: [8], heads: Object.fromEntries(tasks.map((task) => [task, { label: task }])) },
    },
    ...Object.fromEntries(tasks.map((task) => [`out-${task}`, { kind: "answer", params: { field: task } }])),
  },
  links: [
    { from: "in.value", to: "trunk.input" },
    ...tasks.map((task) => ({ from: `trunk.${task}`, to: `out-${task}.value` })),
  ],
  layout: { in: [0, 0], trunk: [200, 0] },
});

export const labPipeline = (document: GraphDocument, schema: ProblemSchema, rows = 5000): LabPipeline => ({
  title: document.title,
  document,
  schema,
  rows,
});

/** Every trial of a lab, with test scores as a function of its place. */
export const labTrialsOf = (
  { variants, budgets, seeds }: LabPlan,
  test: (variant: string, budget: number, seed: number) => TrialResult["test"],
): readonly EndedTrial[] =>
  variants.flatMap(({ id }) =>
    budgets.flatMap((budget) =>
      seeds.map((seed) => ({
        pipeline: id,
        budget,
        seed,
        result: {
          plan: "h",
          budget,
          seed,
          engine: { version: "1", backend: "cpu", form: "eager", kernels: "stock", threads: 1, node: "v20" },
          test: test(id, budget, seed),
          train: {},
          labels: {},
          cost: 0,
          seconds: 1,
          stages: {},
          testRows: 100,
        } satisfies TrialResult,
      })),
    ),
  );
