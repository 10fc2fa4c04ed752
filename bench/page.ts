import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { compile } from "../packages/core/src/index";
import type { TrialResult } from "../packages/core/src/train/index";
import { deployMigrations, openDatabase, startEmbeddedPostgres } from "../packages/db/src/index";
import { openProblem, programAt, runGrid } from "../packages/runner/src/index";
import { freePort } from "../scripts/processes.mjs";
import { median } from "./median";
import { type StoredGrid, storeGrid } from "./page-trials";
import type { Row } from "./rows";

const API = new URL("../apps/api/src/main.ts", import.meta.url);
const PROBLEM = "digit-sums";
const TRAINED = ["digit-sums/end-to-end", "digit-sums/each-digit"];
const TRAINED_BUDGETS = [32, 128, 512];
const TRAINED_SEEDS = [1, 2, 3];
/** 10 pipelines × 20 budgets × 50 seeds = 10,000 trials. */
const PIPELINES = 10;
const BUDGETS = Array.from({ length: 20 }, (_, step) => Math.round(32 * 1.25 ** step));
const SEEDS = 50;
const STARTS = 3;
const FIRST_PORT = 4500;
const WORKER_START_MS = 2_000;
const FINDING_MS = 60_000;

/**
 * How soon a fresh API process answers what the comparison page asks first, of an experiment with 10,000 trials that are
 * done: really trained ones, stored over and over as other pipelines, budgets and seeds.
 */
export async function pageBench(): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), "seams-bench-"));
  try {
    const server = await startEmbeddedPostgres({ home });
    try {
      return [await rowOf({ home, databaseUrl: server.url })];
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Where an API keeps its things. */
interface Place {
  readonly home: string;
  readonly databaseUrl: string;
}

async function rowOf(place: Place): Promise<Row> {
  const experiment = await storeExperiment(place);
  // The process that is there when the last trial ends stores what is found; here it is one that starts after it.
  await untilFound(place, experiment);
  const answers = [];
  for (let start = 0; start < STARTS; start++) answers.push(await firstAnswer(place, experiment));
  const seconds = median(answers.map((answer) => answer.seconds));
  const megabytes = (answers[0]?.bytes ?? 0) / 2 ** 20;
  const about = `${PIPELINES * BUDGETS.length * SEEDS} trials, an answer of ${megabytes.toFixed(1)} MB`;
  return { bench: "page", who: "seams", seconds, about };
}

/** Stores the experiment, all its trials done. @returns its id */
async function storeExperiment({ home, databaseUrl }: Place): Promise<string> {
  const grid = await trainedGrid(home);
  await deployMigrations(databaseUrl);
  const database = await openDatabase({ url: databaseUrl, role: "keeper" });
  try {
    return await storeGrid(database, grid);
  } finally {
    await database.close();
  }
}

/** Trains the trials that are stored over and over. */
async function trainedGrid(home: string): Promise<StoredGrid> {
  const { value: problem } = await openProblem(PROBLEM);
  if (problem === undefined) throw new Error("bench: the gallery has lost digit sums.");
  const trained = TRAINED.map((id) => {
    const pipeline = problem.pipelines.find((one) => one.id === id);
    const plan = pipeline && compile(pipeline.document, { problem: problem.schema }).plan;
    if (pipeline === undefined || plan === undefined) throw new Error(`bench: the gallery has lost ${id}.`);
    return { id, document: pipeline.document, plan };
  });
  const results: TrialResult[][] = TRAINED.map(() => []);
  const trials = await runGrid({
    problem,
    pipelines: trained,
    budgets: TRAINED_BUDGETS,
    seeds: TRAINED_SEEDS,
    home: join(home, "trained"),
    workers: 2,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  for (const { pipeline, end } of trials) {
    if (end.is !== "done") throw new Error(`bench: a trial ended as ${JSON.stringify(end)}.`);
    results[TRAINED.indexOf(pipeline)]?.push(end.result);
  }
  return {
    problem: { id: PROBLEM, hash: await problem.hash() },
    pipelines: Array.from({ length: PIPELINES }, (_, index) => {
      const which = index % trained.length;
      const { document, plan } = trained[which] ?? {};
      if (document === undefined || plan === undefined) throw new Error("bench: nothing was trained.");
      const title = `${document.title} ${index + 1}`;
      const snapshot = { pipeline: `p-${index + 1}`, title, hash: plan.graph, document, plan };
      return { snapshot, results: results[which] ?? [] };
    }),
    budgets: BUDGETS,
    seeds: Array.from({ length: SEEDS }, (_, index) => index + 1),
  };
}

/** Lets an API run until the experiment's comparison is stored: nobody has looked at it yet. */
async function untilFound(place: Place, experiment: string): Promise<void> {
  const database = await openDatabase({ url: place.databaseUrl, role: "worker" });
  try {
    const isFound = async (): Promise<boolean> => {
      const words = "select 1 from finding where experiment_id = $1";
      return (await database.pool.query(words, [experiment])).rowCount === 1;
    };
    await withApi(place, async () => {
      const deadline = performance.now() + FINDING_MS;
      while (!(await isFound())) {
        if (performance.now() > deadline) throw new Error("bench: the API doesn't store its comparison.");
        await delay(100);
      }
    });
  } finally {
    await database.close();
  }
}

/** How long a fresh API takes to answer what the page asks. */
async function firstAnswer(
  place: Place,
  experiment: string,
): Promise<{ readonly seconds: number; readonly bytes: number }> {
  return withApi(place, async (url) => {
    const input = encodeURIComponent(JSON.stringify({ id: experiment }));
    const started = performance.now();
    const answer = await fetch(`${url}/trpc/experiments.get?input=${input}`);
    const text = await answer.text();
    const seconds = (performance.now() - started) / 1000;
    const { result } = JSON.parse(text) as { result?: { data?: { comparison?: unknown } } }; // tRPC's envelope
    if (!answer.ok || !result?.data?.comparison) throw new Error(`bench: the API said ${text.slice(0, 300)}`);
    return { seconds, bytes: text.length };
  });
}

/** Starts the API as people do, and ends it. */
async function withApi<T>({ home, databaseUrl }: Place, work: (url: string) => Promise<T>): Promise<T> {
  const port = await freePort(FIRST_PORT);
  const { path, flags } = programAt(API);
  const child = spawn(process.execPath, [...flags, path], {
    env: {
      ...process.env,
      SEAMS_HOME: home,
      DATABASE_URL: databaseUrl,
      SEAMS_API_PORT: String(port),
      SEAMS_WORKERS: "1",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    await untilUp(child, port);
    return await work(`http://127.0.0.1:${port}`);
  } finally {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill();
    await ended;
  }
}

/** Until the API answers and what starts beside it, its worker, has had time to. */
async function untilUp(child: ChildProcess, port: number): Promise<void> {
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => (words += chunk.toString()));
  const answers = async (): Promise<boolean> =>
    (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok === true;
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`bench: the API ended. ${words}`);
    await delay(50);
  }
  await delay(WORKER_START_MS);
}
