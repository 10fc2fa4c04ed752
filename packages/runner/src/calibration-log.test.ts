import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareCells, type Comparison } from "@seams/core/measure";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openCalibrationLog } from "./calibration-log";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seams-calibration-"));
});
afterAll(() => rm(home, { recursive: true }));

function comparison(seeds: readonly number[], score: number, foretells: boolean): Comparison {
  const rest = { seconds: 1, cached: false, labels: {}, cost: 0, train: {}, stages: {} };
  const made = compareCells({
    problem: { name: "p", hash: "data" },
    metric: "accuracy",
    chance: 0.1,
    engine: { version: "1", backend: "cpu", form: "eager", kernels: "", threads: 1, node: "20" },
    pipelines: [{ id: "a", title: "A", hash: "a" }],
    budgets: [10],
    seeds,
    cells: seeds.map((seed) => ({ pipeline: "a", budget: 10, seed, test: { accuracy: score }, ...rest })),
  });
  const prediction = { says: "A scores", of: "a", rows: 10, score: "accuracy", low: 0.6, high: 0.8 };
  const advice = {
    rule: "E1",
    title: "Evidence",
    outcome: "holds",
    about: ["a"],
    says: "",
    evidence: [],
    measurements: [],
    confidence: 0.95,
    prediction,
  } as const;
  return { ...made, advice: foretells ? [advice] : [] };
}

it("keeps what was foretold across processes, and settles it by the next run with new seeds", async () => {
  const first = comparison([1, 2, 3], 0.7, true);
  expect(await openCalibrationLog(home).note(first)).toEqual({ made: 1, settled: 0, held: 0 });
  expect(await openCalibrationLog(home).note(first)).toEqual({ made: 1, settled: 0, held: 0 });
  const settled = await openCalibrationLog(home).note(comparison([4, 5, 6], 0.75, false));
  expect(settled).toMatchObject({ made: 1, settled: 1, held: 1, claimed: 0.95 });
  // A later run, whatever it says, doesn't count a second time.
  expect(await openCalibrationLog(home).note(comparison([7, 8, 9], 0.1, false))).toEqual(settled);
  expect(await openCalibrationLog(home).stand()).toEqual(settled);
});

it("skips a line that a crash tore, and foretells it again", async () => {
  const path = join(home, "predictions.jsonl");
  const before = await openCalibrationLog(home).note(comparison([4, 5, 6], 0.75, false));
  await appendFile(path, '{"is":"prediction","key":"to');
  await appendFile(path, "\n");
  expect(await openCalibrationLog(home).note(comparison([4, 5, 6], 0.75, false))).toEqual(before);
  expect(await readFile(path, "utf8")).toMatch(/"key":"to\n/);
});

it("writes each prediction once, however many look at the same time", async () => {
  const fresh = await mkdtemp(join(tmpdir(), "seams-calibration-"));
  const log = openCalibrationLog(fresh);
  const found = await Promise.all([1, 2, 3, 4].map(() => log.note(comparison([1, 2, 3], 0.7, true))));
  expect(found.every(({ made }) => made === 1)).toBe(true);
  expect((await readFile(join(fresh, "predictions.jsonl"), "utf8")).trim().split("\n")).toHaveLength(1);
  await rm(fresh, { recursive: true });
});
