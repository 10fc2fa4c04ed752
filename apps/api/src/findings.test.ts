import type { ExperimentRow } from "@seams/db";
import { expect, it } from "vitest";
import { createFindings } from "./findings";

const experiment = (revision: number): ExperimentRow => ({
  id: "e",
  kind: "comparison",
  title: "",
  problem: "p",
  problemHash: "",
  budgets: [],
  seeds: [],
  prices: {},
  revision,
  createdAt: new Date(0),
  pipelines: [],
});

/** Findings that say how they were found. */
function shelf() {
  const computed: number[] = [];
  const findings = createFindings<string>(({ revision }) => {
    computed.push(revision);
    return Promise.resolve(`computed ${revision}`);
  });
  return { findings, computed };
}

it("computes once for a revision", async () => {
  const { findings, computed } = shelf();
  expect(await findings.of(experiment(3), "over")).toBe("computed 3");
  expect(await findings.of(experiment(3), "over")).toBe("computed 3");
  expect(computed).toEqual([3]);
});

it("finds anew when a trial has ended since", async () => {
  const { findings } = shelf();
  expect(await findings.of(experiment(1), "moving")).toBe("computed 1");
  expect(await findings.of(experiment(2), "over")).toBe("computed 2");
  expect(await findings.of(experiment(3), "over")).toBe("computed 3");
});

it("tries again after a failure", async () => {
  let isAway = true;
  const findings = createFindings<string>(() =>
    isAway ? Promise.reject(new Error("away")) : Promise.resolve("computed"),
  );
  await expect(findings.of(experiment(1), "over")).rejects.toThrow("away");
  isAway = false;
  expect(await findings.of(experiment(1), "over")).toBe("computed");
});
