import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, seed } from "@seams/core";
import type { TrialResult } from "@seams/core/train";
import { findPipeline, findProblem } from "@seams/problems";
import { describe, expect, it } from "vitest";
import { runTrial } from "../src/index";

const problem = findProblem("driving")!;
const { plan } = compile(findPipeline("driving/end-to-end")!.document, { problem: problem.schema });

/** Trains and drives with an empty cache. */
async function drive(): Promise<TrialResult> {
  const home = await mkdtemp(join(tmpdir(), "seams-driving-"));
  try {
    const trial = { plan: plan!, problem: problem.schema, budget: 16, seed: seed(3) };
    const { environment } = problem;
    const signal = new AbortController().signal;
    const data = await problem.load();
    const result = await runTrial(trial, { home, data, environment, signal, onEvent: () => undefined });
    if (result === undefined) throw new Error("the trial has no result");
    return result;
  } finally {
    await rm(home, { recursive: true });
  }
}

describe("driving", () => {
  it("ends with the same episodes for the same trial, bit for bit", async () => {
    const [first, second] = [await drive(), await drive()];
    expect(second.closedLoop).toEqual(first.closedLoop);
    expect(second.stages["drive"]?.weights).toBe(first.stages["drive"]?.weights);
    expect(first.closedLoop?.conditions.map(({ success }) => success.length)).toEqual([50, 50, 50]);
    expect(first.test["mae"]).toBeGreaterThan(0);
  });
});
