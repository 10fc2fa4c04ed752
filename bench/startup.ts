import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile } from "../packages/core/src/index";
import { openProblem, residentMb, runGrid } from "../packages/runner/src/index";
import type { Row } from "./rows";

const PROBLEM = "anchor-a-composition";

/**
 * How soon a fresh worker process reports from its first trial, and what it holds then: fork, engine, records, one
 * small trial of anchor A.
 */
export async function startupBench(): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), "seams-bench-"));
  try {
    const { value: problem } = await openProblem(PROBLEM);
    const pipeline = problem?.pipelines[0];
    if (problem === undefined || pipeline === undefined)
      throw new Error("bench: the gallery has lost anchor A.");
    const { plan } = compile(pipeline.document, { problem: problem.schema });
    if (plan === undefined) throw new Error("bench: anchor A does not compile.");
    let pid = 0;
    let seconds: number | undefined;
    let megabytes = 0;
    const started = performance.now();
    await runGrid({
      problem,
      pipelines: [{ id: pipeline.id, plan }],
      budgets: [32],
      seeds: [1],
      home,
      workers: 1,
      signal: new AbortController().signal,
      onWorker: (of) => (pid = of),
      onEvent: () => {
        seconds ??= (performance.now() - started) / 1000;
        void residentMb(pid).then((now = 0) => (megabytes = Math.max(megabytes, now)));
      },
    });
    if (seconds === undefined) throw new Error("bench: the worker said nothing.");
    return [{ bench: "startup", who: "worker", seconds, ...(megabytes > 0 ? { megabytes } : {}) }];
  } finally {
    rmSync(home, { recursive: true });
  }
}
