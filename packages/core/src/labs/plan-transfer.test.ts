import { describe, expect, it } from "vitest";
import { denseDocument, labPipeline, labProblem } from "../../test/support/labs";
import { compile } from "../compile/compile";
import { startingFrom } from "./edit";
import { planTransferLab, type TransferQuestion } from "./plan-transfer";

const schema = labProblem(["y"]);
const net = labPipeline(denseDocument([8, 8]), schema);
const ask = (more: Partial<TransferQuestion> = {}) =>
  planTransferLab({ target: net, source: net, seeds: [1, 2, 3], ...more });
const codes = (more: Partial<TransferQuestion>) => ask(more).diagnostics.map(({ code }) => code);

describe("planTransferLab", () => {
  it("crosses A's rows with every depth, and adds from scratch and both controls", () => {
    const { value: plan } = ask({ sourceBudgets: [100, 1000], budgets: [32] });
    expect(plan?.variants.map(({ id }) => id)).toEqual([
      "scratch",
      ...[0, 1, 2].map((depth) => `source-100-freeze-${depth}`),
      ...[0, 1, 2].map((depth) => `source-1000-freeze-${depth}`),
      ...[0, 1, 2].map((depth) => `shuffled-1000-freeze-${depth}`),
      "random-freeze-1",
      "random-freeze-2",
    ]);
    expect(plan?.donors.map(({ id, budget }) => [id, budget])).toEqual([
      ["source-100", 100],
      ["source-1000", 1000],
      ["shuffled-1000", 1000],
    ]);
  });

  it("makes documents that the compiler takes without a word, before and after their donor is trained", () => {
    const { value: plan } = ask();
    for (const { document, donor } of plan?.variants ?? []) {
      expect(compile(document, { problem: schema }).diagnostics).toEqual([]);
      if (donor === undefined) continue;
      const started = compile(startingFrom(document, donor.stage, "key/1"), { problem: schema }).plan;
      expect(started?.phases[0]).toMatchObject({ start: { read: { artifact: "key/1" } } });
    }
  });

  it("shuffles A's labels in the control and nowhere else", () => {
    const { value: plan } = ask();
    expect(
      plan?.donors.map(({ document }) => document.stages["read"]?.params["shuffleLabels"] === true),
    ).toEqual([false, false, true].slice(-(plan?.donors.length ?? 0)));
  });

  it("starts B from scratch in its baseline, whatever the drawing says", () => {
    const drawn = labPipeline(denseDocument([8, 8], { start: { artifact: "k/1", freeze: 1 } }), schema);
    const scratch = ask({ target: drawn }).value?.variants[0];
    expect(scratch?.document.stages["read"]?.params["start"]).toBeUndefined();
  });

  it("refuses pipelines no stage of which can start from the other's, and says what differs", () => {
    const narrow = labPipeline(denseDocument([4]), schema);
    const flat = labPipeline(denseDocument([]), schema);
    const wide = labPipeline(denseDocument([8, 8]), labProblem(["y"], { size: 5 }));
    expect(codes({ source: narrow })).toEqual(["lab-no-transfer-stage"]);
    expect(codes({ target: flat })).toEqual(["lab-no-transfer-stage"]);
    const [formats] = ask({ source: wide }).diagnostics;
    expect(formats?.code).toBe("lab-no-transfer-stage");
    expect(formats?.message).toContain("vector");
  });

  it("refuses stages that aren't there, depths beyond the hidden layers, too few seeds, and rows that aren't there", () => {
    expect(codes({ stage: "write" })).toEqual(["lab-stage-unknown"]);
    expect(codes({ sourceStage: "in" })).toEqual(["lab-stage-unknown"]);
    expect(codes({ freeze: [0, 3] })).toEqual(["lab-freeze-too-deep"]);
    expect(codes({ seeds: [1, 2] })).toEqual(["lab-too-few-seeds"]);
    expect(codes({ budgets: [6000], sourceBudgets: [7000] })).toEqual([
      "budget-above-rows",
      "budget-above-rows",
    ]);
    expect(codes({ seeds: Array.from({ length: 500 }, (_, k) => k) })).toEqual(["lab-too-large"]);
  });
});
