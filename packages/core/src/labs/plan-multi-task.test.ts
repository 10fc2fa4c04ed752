import { describe, expect, it } from "vitest";
import { denseDocument, labPipeline, labProblem, trunkDocument } from "../../test/support/labs";
import { compile } from "../compile/compile";
import type { TrainPhase } from "../compile/plan";
import { type MultiTaskQuestion, planMultiTaskLab } from "./plan-multi-task";

const tasks = ["a", "b", "c"];
const schema = labProblem(tasks);
const pipeline = labPipeline(trunkDocument(tasks), schema);
const ask = (more: Partial<MultiTaskQuestion> = {}) =>
  planMultiTaskLab({ pipeline, seeds: [1, 2, 3], ...more });
const codes = (more: Partial<MultiTaskQuestion>) => ask(more).diagnostics.map(({ code }) => code);

/** Fields that each network of a variant learns, and the widths and shares of labels that it learns them with. */
function networks(id: string, more: Partial<MultiTaskQuestion> = {}) {
  const variant = ask(more).value?.variants.find((one) => one.id === id);
  if (variant === undefined) throw new Error(`there is no variant ${id}`);
  const { plan, diagnostics } = compile(variant.document, { problem: schema });
  expect(diagnostics).toEqual([]);
  return (plan?.phases ?? [])
    .filter((phase): phase is TrainPhase => phase.do === "train")
    .map(({ labels, network, losses, signature }) => ({
      labels,
      units: network.layers.find(({ kind }) => kind === "dense")?.params["units"],
      shares: losses.map(({ head }) => head.labelShare ?? 1),
      signature,
    }));
}

describe("planMultiTaskLab", () => {
  it("crosses all tasks with everything, and tries every two as they are drawn", () => {
    const { value: plan } = ask({ widths: [1, 2], missing: [0, 0.5], ratios: [1] });
    expect(plan?.variants.map(({ id }) => id)).toEqual([
      "single-missing-0-ratio-1",
      "single-missing-50-ratio-1",
      "a+b+c-width-1-missing-0-ratio-1",
      "a+b+c-width-2-missing-0-ratio-1",
      "a+b+c-width-1-missing-50-ratio-1",
      "a+b+c-width-2-missing-50-ratio-1",
      "a+b-width-1-missing-0-ratio-1",
      "a+c-width-1-missing-0-ratio-1",
      "b+c-width-1-missing-0-ratio-1",
      "complete-missing-50-ratio-1",
    ]);
  });

  it("gives a group one network, and each other task its own, the same as in the baseline", () => {
    const joint = networks("a+b-width-1-missing-0-ratio-1");
    const single = networks("single-missing-0-ratio-1");
    expect(joint.map(({ labels }) => labels)).toEqual([["a", "b"], ["c"]]);
    expect(single.map(({ labels }) => labels)).toEqual([["a"], ["b"], ["c"]]);
    expect(joint[1]?.signature).toBe(single[2]?.signature);
  });

  it("changes the width of the group's trunk only", () => {
    const groups = [["a", "b"]];
    expect(networks("a+b-width-2-missing-0-ratio-1", { groups }).map(({ units }) => units)).toEqual([16, 8]);
  });

  it("hides labels: of all tasks where some are missing, of all but the first where it has more", () => {
    const more = { missing: [0.5], ratios: [5] };
    expect(networks("a+b+c-width-1-missing-50-ratio-5", more).map(({ shares }) => shares)).toEqual([
      [0.5, 0.1, 0.1],
    ]);
  });

  it("drops incomplete rows by a mask that asks for every task", () => {
    const { value: plan } = ask({ missing: [0.5] });
    const dropping = plan?.variants.find(({ role }) => role === "dropping");
    expect(dropping?.document.stages["trunk"]?.params["heads"]).toMatchObject({
      a: { mask: "present(a) and present(b) and present(c)" },
    });
  });

  it("refuses one task, groups that are none, too few seeds and rows that aren't there", () => {
    const one = labPipeline(denseDocument([8]), labProblem(["y"]));
    expect(codes({ pipeline: one })).toEqual(["lab-too-few-heads"]);
    expect(codes({ stage: "in" })).toEqual(["lab-stage-unknown"]);
    expect(codes({ groups: [["a"], ["a", "z"], ["b", "b"]] })).toEqual(Array(3).fill("lab-bad-group"));
    expect(codes({ seeds: [1, 1, 2] })).toEqual(["lab-too-few-seeds"]);
    expect(codes({ budget: 6000 })).toEqual(["budget-above-rows"]);
  });
});
