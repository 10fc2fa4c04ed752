import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, type GraphDocument, seed, stream, type TrainingPlan } from "@seams/core";
import type { RunEvent, TrialResult } from "@seams/core/train";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cacheFolder, type GridQuestion, type GridTrial, openProblem, runGrid, runTrial } from "../src/index";
import { openCache } from "../src/cache/disk";
import { expectedEngine, rememberEngine } from "../src/results";

type Problem = GridQuestion["problem"];
let problem: Problem;
let homes: string[] = [];

beforeAll(async () => {
  const { value } = await openProblem("anchor-a-composition");
  problem = value!;
});
beforeEach(() => {
  homes = [];
});
afterEach(() => Promise.all(homes.map((home) => rm(home, { recursive: true, force: true }))));

async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "seams-grid-"));
  homes.push(home);
  return home;
}

/** A pipeline of the gallery whose learned stage trains as asked. */
function planOf(name: string, training: object, formula?: string): TrainingPlan {
  const { document } = problem.pipelines.find(({ id }) => id === `anchor-a-composition/${name}`)!;
  const read = document.stages["read"]!;
  const changed: GraphDocument = {
    ...document,
    stages: {
      ...document.stages,
      read: { ...read, params: { ...read.params, ...training } },
      ...(formula === undefined
        ? {}
        : { add: { ...document.stages["add"]!, params: { expression: formula } } }),
    },
  };
  return compile(changed, { problem: problem.schema }).plan!;
}

/** Says the same as the gallery's, in other words. */
const OTHER_FORMULA = "(digits[0] + digits[1] + digits[2]) mod 5";
const QUICK = { steps: 60, patience: 0 };
/** Long enough that a checkpoint is written on the way. */
const LONG = { steps: 1_500, patience: 0, batchSize: 32 };

interface Asked {
  readonly home: string;
  readonly training?: object;
  readonly formula?: string;
  readonly pipelines?: readonly string[];
  readonly signal?: AbortSignal;
  readonly seeds?: readonly number[];
  readonly workers?: number;
  onEvent?(event: RunEvent, pid: number): void;
}

interface Ran {
  readonly trials: readonly GridTrial[];
  readonly events: readonly RunEvent[];
  readonly notices: readonly string[];
  readonly workers: number;
}

async function run(asked: Asked): Promise<Ran> {
  const events: RunEvent[] = [];
  const notices: string[] = [];
  const pids: number[] = [];
  const names = asked.pipelines ?? ["end-to-end", "each-glyph"];
  const trials = await runGrid({
    problem,
    pipelines: names.map((id) => ({ id, plan: planOf(id, asked.training ?? QUICK, asked.formula) })),
    budgets: [40],
    seeds: asked.seeds ?? [1],
    home: asked.home,
    workers: asked.workers ?? 2,
    signal: asked.signal ?? new AbortController().signal,
    onEvent: (_, event) => {
      events.push(event);
      asked.onEvent?.(event, pids.at(-1)!);
    },
    onNotice: (words) => notices.push(words),
    onWorker: (pid) => pids.push(pid),
  });
  return { trials, events, notices, workers: pids.length };
}

const resultsOf = ({ trials }: Ran): readonly TrialResult[] =>
  trials.map(({ end }) => {
    if (end.is !== "done") throw new Error(JSON.stringify(end));
    return end.result;
  });

/** Everything that must be equal however a result came about. */
const essence = (results: readonly TrialResult[]): unknown =>
  results.map(({ seconds: _, stages, ...result }) => ({
    ...result,
    stages: Object.entries(stages).map(([id, { cached: __, because: ___, ...stage }]) => [id, stage]),
  }));

const countOf = (events: readonly RunEvent[], type: RunEvent["type"]): number =>
  events.filter((event) => event.type === type).length;

describe("a grid of trials", () => {
  it("gives what the same trials give in one process, bit for bit", async () => {
    const ran = await run({ home: await newHome(), seeds: [1, 2] });
    expect(ran.trials.map(({ pipeline, budget, seed: used }) => [pipeline, budget, used])).toEqual([
      ["end-to-end", 40, 1],
      ["end-to-end", 40, 2],
      ["each-glyph", 40, 1],
      ["each-glyph", 40, 2],
    ]);
    const home = await newHome();
    const data = await problem.load();
    const here = await runTrial(
      { plan: planOf("each-glyph", QUICK), problem: problem.schema, budget: 40, seed: seed(2) },
      { home, data, signal: new AbortController().signal, onEvent: () => undefined },
    );
    expect(essence(resultsOf(ran).slice(3))).toEqual(essence([here!]));
    expect(here?.stages["read"]?.weights).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is answered whole the second time, without a worker", async () => {
    const home = await newHome();
    const first = await run({ home });
    const second = await run({ home });
    expect(first.workers).toBe(2);
    expect(second.workers).toBe(0);
    expect(essence(resultsOf(second))).toEqual(essence(resultsOf(first)));
    expect(resultsOf(second).every(({ stages }) => stages["read"]?.cached)).toBe(true);
    expect(second.events.map(({ type }) => type)).toEqual([
      ...["run.started", "phase.cached", "run.finished"],
      ...["run.started", "phase.cached", "run.finished"],
    ]);
  });

  it("is scored anew without a worker where only the formula behind its networks has changed", async () => {
    const home = await newHome();
    const pipelines = ["each-glyph"];
    await run({ home, pipelines });
    const elsewhere = await run({ home: await newHome(), pipelines, formula: OTHER_FORMULA });
    const again = await run({ home, pipelines, formula: OTHER_FORMULA });
    expect(again.workers).toBe(0);
    expect(essence(resultsOf(again))).toEqual(essence(resultsOf(elsewhere)));
    expect(resultsOf(again)[0]?.stages["read"]).toMatchObject({ cached: true });
    expect(again.events.map(({ type }) => type)).toEqual(["run.started", "phase.cached", "run.finished"]);
  });

  it("predicts again where what its networks predicted is gone or damaged", async () => {
    const pipelines = ["each-glyph"];
    const homes = [await newHome(), await newHome()];
    for (const home of homes) await run({ home, pipelines });
    const [gone = "", damaged = ""] = homes.map((home) => join(cacheFolder(home), "predictions"));
    await rm(gone, { recursive: true });
    for (const name of await readdir(damaged, { recursive: true, withFileTypes: true }))
      if (name.isFile()) await writeFile(join(name.parentPath, name.name), "torn");
    const elsewhere = await run({ home: await newHome(), pipelines, formula: OTHER_FORMULA });
    for (const home of homes) {
      const again = await run({ home, pipelines, formula: OTHER_FORMULA });
      expect(again.workers).toBe(1);
      expect(essence(resultsOf(again))).toEqual(essence(resultsOf(elsewhere)));
      expect(resultsOf(again)[0]?.stages["read"]).toMatchObject({ cached: true });
    }
  });

  it("is begun again where this machine's engine is not the one that was expected", async () => {
    const home = await newHome();
    const data = await problem.load();
    const trialOf = (drawn: number) => ({
      plan: planOf("each-glyph", QUICK),
      problem: problem.schema,
      budget: 40,
      seed: seed(drawn),
    });
    const call = { home, data, signal: new AbortController().signal, onEvent: () => undefined };
    const first = (await runTrial(trialOf(1), call))!;
    const cache = openCache(home);
    await rememberEngine(cache, { ...first.engine, version: "another machine's" });
    const second = await runTrial(trialOf(2), call);
    expect(second?.engine).toEqual(first.engine);
    expect(await expectedEngine(cache)).toEqual(first.engine);
  });

  it("trains what two pipelines share once", async () => {
    const home = await newHome();
    const shared = planOf("each-glyph", QUICK);
    const events: RunEvent[] = [];
    const trials = await runGrid({
      problem,
      pipelines: [
        { id: "a", plan: shared },
        { id: "b", plan: { ...shared, title: "The same under another name" } },
      ],
      budgets: [40],
      seeds: [1],
      home,
      workers: 2,
      signal: new AbortController().signal,
      onEvent: (_, event) => events.push(event),
    });
    expect(trials.every(({ end }) => end.is === "done")).toBe(true);
    expect(countOf(events, "phase.started")).toBe(1);
    expect(countOf(events, "phase.cached")).toBe(1);
  });

  it("takes damaged results and phases for missing ones, and comes to the same numbers", async () => {
    const home = await newHome();
    const first = await run({ home, pipelines: ["each-glyph"] });
    for (const shelf of ["trials", "stages"]) await damageAll(join(cacheFolder(home), shelf));
    const second = await run({ home, pipelines: ["each-glyph"] });
    expect(countOf(second.events, "phase.started")).toBe(1);
    expect(essence(resultsOf(second))).toEqual(essence(resultsOf(first)));
    expect(second.notices.some((words) => words.includes("damaged"))).toBe(true);
  });

  it("comes to the same bits when its workers are killed at any moment", { timeout: 240_000 }, async () => {
    const expected = await run({ home: await newHome(), training: LONG, pipelines: ["each-glyph"] });
    const random = stream(seed(3), "kills");
    // Moments counted in events of the trial: some before the first checkpoint, some behind it.
    let until = 1 + random.integer(12);
    let kills = 0;
    const killed = await run({
      home: await newHome(),
      training: LONG,
      pipelines: ["each-glyph"],
      onEvent: (_, pid) => {
        until--;
        if (until > 0 || kills === 3) return;
        kills++;
        until = 3 + random.integer(40);
        process.kill(pid, "SIGKILL");
      },
    });
    expect(kills).toBe(3);
    expect(killed.workers).toBe(4);
    expect(killed.notices.filter((words) => words.includes("lost"))).toHaveLength(3);
    expect(essence(resultsOf(killed))).toEqual(essence(resultsOf(expected)));
  });

  it("gives a trial up whose workers always die, and runs the others", async () => {
    const ran = await run({
      home: await newHome(),
      pipelines: ["each-glyph"],
      workers: 1,
      onEvent: (event, pid) => {
        if (event.type === "run.started") process.kill(pid, "SIGKILL");
      },
    });
    expect(ran.workers).toBe(4);
    expect(ran.trials[0]?.end).toMatchObject({
      is: "failed",
      diagnostic: { code: "worker-lost", message: expect.stringContaining("killed by SIGKILL") },
    });
    expect(ran.events.at(-1)?.type).toBe("run.failed");
  });

  it("stops with a checkpoint when it is cancelled, and goes on from there to the same bits", async () => {
    const home = await newHome();
    const stopping = new AbortController();
    let seen = 0;
    const stopped = await run({
      home,
      training: LONG,
      pipelines: ["each-glyph"],
      signal: stopping.signal,
      onEvent: (event) => {
        if (event.type === "steps.finished" && ++seen === 4) stopping.abort();
      },
    });
    expect(stopped.trials[0]?.end.is).toBe("cancelled");
    const resumed = await run({ home, training: LONG, pipelines: ["each-glyph"] });
    expect(countOf(resumed.events, "phase.resumed")).toBe(1);
    const whole = await run({ home: await newHome(), training: LONG, pipelines: ["each-glyph"] });
    expect(essence(resultsOf(resumed))).toEqual(essence(resultsOf(whole)));
  });

  it("starts nothing that was cancelled before", async () => {
    const ran = await run({ home: await newHome(), signal: AbortSignal.abort() });
    expect(ran.workers).toBe(0);
    expect(ran.trials.map(({ end }) => end.is)).toEqual(["cancelled", "cancelled"]);
  });

  it("keeps on with other trials where one cannot be run", async () => {
    const ran = await run({
      home: await newHome(),
      training: { ...QUICK, learningRate: 1e30 },
      pipelines: ["each-glyph"],
    });
    expect(ran.trials[0]?.end).toMatchObject({ is: "failed", diagnostic: { code: "loss-not-finite" } });
  });
});

/** Turns one bit in the middle of every file. */
async function damageAll(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(path, bytes);
  }
}
