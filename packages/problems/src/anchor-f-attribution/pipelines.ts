import type { LinkDocument } from "@seams/core";
import type { PipelineDefinition } from "../problem";

/** Three stages in a chain; each sees one bit more, with errors. */
function chain(
  first: string,
  mode?: LinkDocument["mode"],
): Pick<PipelineDefinition, "stages" | "links" | "layout"> {
  const net = (label: string, inputs: readonly string[]) => ({
    kind: "dense-net",
    params: { hidden: [32], label, inputs },
  });
  return {
    stages: {
      in1: { kind: "field", params: { field: "seen1" } },
      in2: { kind: "field", params: { field: "seen2" } },
      in3: { kind: "field", params: { field: "seen3" } },
      first: net(first, ["bit"]),
      second: net("two", ["before", "bit"]),
      third: net("y", ["before", "bit"]),
      out: { kind: "answer", params: { field: "y" } },
    },
    links: [
      { from: "in1.value", to: "first.bit" },
      { from: "in2.value", to: "second.bit" },
      { from: "in3.value", to: "third.bit" },
      { from: "first.output", to: "second.before", ...(mode === undefined ? {} : { mode }) },
      { from: "second.output", to: "third.before" },
      { from: "third.output", to: "out.value" },
    ],
    layout: {
      in1: [0, 0],
      in2: [0, 140],
      in3: [0, 280],
      first: [260, 0],
      second: [520, 70],
      third: [780, 140],
      out: [1040, 140],
    },
  };
}

const threeStages: PipelineDefinition = {
  title: "Three stages",
  description: "Each stage adds a bit that it sees with errors, and learns from the true bits so far.",
  ...chain("one"),
};

const undoing: PipelineDefinition = {
  title: "A second stage that undoes the first",
  description:
    "The first stage's training labels are turned round; the second learns from its predictions, and turns them back.",
  ...chain("shifted", "predicted"),
};

/** The pipelines of anchor F, by name. */
export const pipelines = { "three-stages": threeStages, undoing };
