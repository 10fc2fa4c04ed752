import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "@seams/core";
import { expect, it } from "vitest";
import { keepMachineSpeeds, openProblem, runGrid } from "../../src/index";

const SPEED = { secondsPerStep: 1e-4, secondsPerLayer: 1e-5, flopsPerSecond: 1e10 };

it.each([
  ["native", { wasm: { ...SPEED, flopsPerSecond: 1e8 }, native: SPEED }],
  ["wasm", { wasm: SPEED, native: { ...SPEED, flopsPerSecond: 1e8 } }],
] as const)("trains an experiment on %s where its price is lower there", async (backend, speeds) => {
  const home = await mkdtemp(join(tmpdir(), "seams-by-price-"));
  try {
    await keepMachineSpeeds(home, speeds);
    const { value: problem } = await openProblem("anchor-a-composition");
    const [pipeline] = problem!.pipelines;
    const { plan } = compile(pipeline!.document, { problem: problem!.schema });
    const trials = await runGrid({
      problem: problem!,
      pipelines: [{ id: pipeline!.id, plan: plan! }],
      budgets: [32],
      seeds: [1],
      home,
      workers: 1,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    const ends = trials.map(({ end }) => end);
    expect(ends).toMatchObject([{ is: "done", result: { engine: { backend } } }]);
    const [engine] = ends.flatMap((end) => (end.is === "done" ? [end.result.engine] : []));
    expect(engine?.because).toMatch(new RegExp(`^${backend} takes about .* for every pipeline once`));
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
