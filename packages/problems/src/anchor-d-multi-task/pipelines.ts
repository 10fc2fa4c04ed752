import type { LinkDocument, StageDocument } from "@seams/core";
import type { PipelineDefinition } from "../problem";
import { TASKS, type Variant } from "./tasks";

/** Units of a trunk that has room for all tasks, and of one that hasn't. */
const WIDE = 32;
const NARROW = 2;

/** All answers are there: what a person does who drops incomplete rows. */
const COMPLETE = TASKS.map((task) => `present(${task})`).join(" and ");

const source: StageDocument = { kind: "field", params: { field: "x" } };
const answerStages = Object.fromEntries(
  TASKS.map((task) => [`out-${task}`, { kind: "answer", params: { field: task } }]),
);

/** One trunk with a head for each question. */
function sharedTrunk(
  width: number,
  mask: { readonly mask?: string } = {},
): Omit<PipelineDefinition, "title" | "description"> {
  const heads = Object.fromEntries(TASKS.map((task) => [task, { label: task, ...mask }]));
  const links: LinkDocument[] = TASKS.map((task) => ({ from: `trunk.${task}`, to: `out-${task}.value` }));
  return {
    stages: {
      in: source,
      trunk: { kind: "shared-trunk", params: { hidden: [width], heads } },
      ...answerStages,
    },
    links: [{ from: "in.value", to: "trunk.input" }, ...links],
    layout: { in: [0, 300], trunk: [260, 300], ...column(520) },
  };
}

const shared: PipelineDefinition = {
  title: "One trunk, six heads",
  description: "One trunk of 32 units with a head for each question; missing answers are masked.",
  ...sharedTrunk(WIDE),
};

const narrow: PipelineDefinition = {
  title: "A trunk too narrow",
  description: "One trunk of 2 units with a head for each question: no room for all of them.",
  ...sharedTrunk(NARROW),
};

const completeRows: PipelineDefinition = {
  title: "Complete rows only",
  description: "One trunk of 32 units, trained only on rows in which all six answers are there.",
  ...sharedTrunk(WIDE, { mask: COMPLETE }),
};

const single: PipelineDefinition = {
  title: "Six networks",
  description: "A network of 32 units for each question, each trained on its own answers.",
  stages: {
    in: source,
    ...Object.fromEntries(
      TASKS.map((task) => [`net-${task}`, { kind: "dense-net", params: { hidden: [WIDE], label: task } }]),
    ),
    ...answerStages,
  },
  links: TASKS.flatMap((task) => [
    { from: "in.value", to: `net-${task}.input` },
    { from: `net-${task}.output`, to: `out-${task}.value` },
  ]),
  layout: { in: [0, 300], ...column(260, "net"), ...column(520) },
};

/** Places of one stage a question, below each other. */
function column(x: number, prefix = "out"): Record<string, [number, number]> {
  return Object.fromEntries(TASKS.map((task, k) => [`${prefix}-${task}`, [x, k * 120]]));
}

/** The pipelines of a variant, by name. Where no answer is missing there are no incomplete rows to drop. */
export const pipelinesFor = ({ missing }: Variant): Readonly<Record<string, PipelineDefinition>> => ({
  shared,
  single,
  narrow,
  ...(missing === 0 ? {} : { "complete-rows": completeRows }),
});
