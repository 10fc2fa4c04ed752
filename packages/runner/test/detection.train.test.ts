import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, seed } from "@seams/core";
import { findPipeline, findProblem } from "@seams/problems";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTrial } from "../src/index";

/** Driving as a problem of single answers: what the detector is worth needs no driving. */
const driving = findProblem("driving")!;
const { environment: _, ...problem } = driving.schema;

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seams-detection-"));
});
afterAll(() => rm(home, { recursive: true }));

describe("a stage that detects", () => {
  it("is scored by the average precision of its boxes, beside the scores of its single outputs", async () => {
    const { plan } = compile(findPipeline("driving/detect-plan-control")!.document, { problem });
    const result = await runTrial(
      { plan: plan!, problem, budget: 200, seed: seed(1) },
      { home, data: await driving.load(), signal: new AbortController().signal, onEvent: () => undefined },
    );
    const { detect, lane } = result?.stages ?? {};
    expect(Object.keys(detect?.scores ?? {})).toEqual([
      "accuracy",
      "accuracy:exists",
      "accuracy:what",
      "iou",
      "ap-50",
    ]);
    const precision = detect?.scores["ap-50"] ?? 0;
    // One place in ten holds a thing: a detector that knows nothing has at most that share of right ones.
    expect(precision).toBeGreaterThan(0.2);
    expect(precision).toBeLessThan(1);
    expect(lane?.scores).not.toHaveProperty("ap-50");
  });
});
