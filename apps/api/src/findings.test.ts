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
function shelf(stored: Readonly<Record<number, string>> = {}) {
  const asked: string[] = [];
  const findings = createFindings<string>({
    compute: ({ revision }) => {
      asked.push(`compute ${revision}`);
      return Promise.resolve(`computed ${revision}`);
    },
    recall: ({ revision }) => {
      asked.push(`recall ${revision}`);
      return Promise.resolve(stored[revision]);
    },
  });
  return { findings, asked };
}

it("takes what is stored of an experiment that is over, and computes nothing", async () => {
  const { findings, asked } = shelf({ 3: "stored 3" });
  expect(await findings.of(experiment(3), "over")).toBe("stored 3");
  expect(asked).toEqual(["recall 3"]);
});

it("computes where nothing is stored of this revision, once", async () => {
  const { findings, asked } = shelf({ 2: "stored 2" });
  expect(await findings.of(experiment(3), "over")).toBe("computed 3");
  expect(await findings.of(experiment(3), "over")).toBe("computed 3");
  expect(asked).toEqual(["recall 3", "compute 3"]);
});

it("doesn't look for what is stored while trials still end", async () => {
  const { findings, asked } = shelf({ 1: "stored 1" });
  expect(await findings.of(experiment(1), "moving")).toBe("computed 1");
  expect(asked).toEqual(["compute 1"]);
});

it("finds anew when a trial has ended since", async () => {
  const { findings } = shelf({ 2: "stored 2" });
  expect(await findings.of(experiment(1), "moving")).toBe("computed 1");
  expect(await findings.of(experiment(2), "over")).toBe("stored 2");
  expect(await findings.of(experiment(3), "over")).toBe("computed 3");
});

it("tries again after a failure", async () => {
  let isAway = true;
  const findings = createFindings<string>({
    compute: () => Promise.resolve("computed"),
    recall: () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve("stored")),
  });
  await expect(findings.of(experiment(1), "over")).rejects.toThrow("away");
  isAway = false;
  expect(await findings.of(experiment(1), "over")).toBe("stored");
});
