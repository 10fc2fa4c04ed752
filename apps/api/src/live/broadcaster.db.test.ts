import {
  appendEvents,
  claimTrial,
  createExperiment,
  trialIds,
  type Database,
  type EventRow,
} from "@seams/db";
import { experiment, freshDatabase } from "@seams/db/testing";
import type { RunEvent } from "@seams/core/train";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setTimeout as delay } from "node:timers/promises";
import { createBroadcaster, type Broadcaster, type Outlet } from "./broadcaster";

let database: Database;
let live: Broadcaster;
beforeAll(async () => {
  database = await freshDatabase();
  live = await createBroadcaster(database, () => undefined);
});
afterAll(async () => {
  await live.close();
  await database.close();
});

/** A viewer as the HTTP layer would be; `isFull` plays a connection that takes nothing for a while. */
class Viewer implements Outlet {
  text = "";
  isFull = false;
  isEnded = false;
  #resume: (() => void) | undefined;
  begin(): void {
    // Headers are the route's matter.
  }
  write(text: string): boolean {
    this.text += text;
    return !this.isFull;
  }
  onReady(resume: () => void): void {
    this.#resume = resume;
  }
  end(): void {
    this.isEnded = true;
  }
  drain(): void {
    this.isFull = false;
    this.#resume?.();
  }
  get rows(): EventRow[] {
    return this.text
      .split("\n")
      .flatMap((line) => (line.startsWith("data: [") ? (JSON.parse(line.slice(6)) as EventRow[]) : []));
  }
  get seqs(): number[] {
    return this.rows.map((row) => row.seq);
  }
}

const step = (number: number): RunEvent => ({
  type: "steps.finished",
  phase: "p",
  step: number,
  loss: 1,
  byHead: {},
  stepsPerSecond: 9,
});

async function running(): Promise<{ experiment: string; trial: string }> {
  const id = await createExperiment(database, experiment({ budgets: [8], seeds: [1] }));
  const [trial] = await trialIds(database, id);
  await claimTrial(database, trial!, { worker: "w", leaseSeconds: 20 });
  return { experiment: id, trial: trial! };
}

async function seqsOf(trial: string): Promise<number[]> {
  const { rows } = await database.pool.query<{ seq: string }>(
    "select seq from event where trial_id = $1 order by seq",
    [trial],
  );
  return rows.map((row) => Number(row.seq));
}

async function until(isSo: () => boolean): Promise<void> {
  for (const deadline = performance.now() + 10_000; !isSo(); await delay(20)) {
    if (performance.now() > deadline) throw new Error("waited for 10 s in vain");
  }
}

it("gives viewers that join, leave and come back at any time the whole log, in order, once", async () => {
  const { trial } = await running();
  const whole = new Viewer();
  live.watch({ trial }, { after: 0, outlet: whole });
  const interrupted = new Viewer();
  let leave = live.watch({ trial }, { after: 0, outlet: interrupted });
  for (let number = 0; number < 40; number++) {
    await appendEvents(database, { trial, attempt: 1 }, [step(number)]);
    if (number % 8 === 7) {
      leave?.();
      await delay(60);
      leave = live.watch({ trial }, { after: interrupted.seqs.at(-1) ?? 0, outlet: interrupted });
    }
  }
  const expected = await seqsOf(trial);
  await until(() => whole.seqs.length >= expected.length && interrupted.seqs.length >= expected.length);
  expect(whole.seqs).toEqual(expected);
  expect(interrupted.seqs).toEqual(expected);
});

it("sends at most two messages a second, however many events there are", async () => {
  const { trial } = await running();
  const viewer = new Viewer();
  live.watch({ trial }, { after: (await seqsOf(trial)).at(-1)!, outlet: viewer });
  const started = performance.now();
  for (let number = 0; number < 100; number++) {
    await appendEvents(database, { trial, attempt: 1 }, [step(number)]);
    await delay(10);
  }
  await until(() => viewer.seqs.length === 100);
  const seconds = (performance.now() - started) / 1_000;
  expect(viewer.text.match(/^id: /gm)!.length).toBeLessThanOrEqual(seconds * 2 + 2);
});

it("shows an experiment's viewers all its trials, and nobody else's", async () => {
  const [mine, other] = [await running(), await running()];
  const viewer = new Viewer();
  live.watch({ experiment: mine.experiment }, { after: 0, outlet: viewer });
  await appendEvents(database, { trial: other.trial, attempt: 1 }, [step(1)]);
  await appendEvents(database, { trial: mine.trial, attempt: 1 }, [step(2)]);
  await until(() => viewer.rows.some((row) => row.event.type === "steps.finished"));
  const trials = new Set(await trialIds(database, mine.experiment));
  expect(viewer.rows.every((row) => trials.has(row.trial))).toBe(true);
});

it("drops measurements for a viewer that doesn't keep up, and no change of state", async () => {
  const { trial } = await running();
  const viewer = new Viewer();
  live.watch({ trial }, { after: 0, outlet: viewer });
  await until(() => viewer.rows.length > 0);
  viewer.isFull = true;
  await appendEvents(database, { trial, attempt: 1 }, [step(0)]);
  await until(() => viewer.rows.at(-1)?.event.type === "steps.finished");
  for (let block = 0; block < 4; block++) {
    await appendEvents(database, { trial, attempt: 1 }, [
      { type: "phase.started", phase: `p${block}`, because: "new" },
    ]);
    await appendEvents(
      database,
      { trial, attempt: 1 },
      Array.from({ length: 200 }, (_, number) => step(block * 200 + number)),
    );
  }
  await delay(1_500); // two rounds of the broadcaster
  viewer.drain();
  await until(() => viewer.rows.some((row) => row.event.type === "steps.finished" && row.event.step === 799));
  const phases = viewer.rows.flatMap((row) => (row.event.type === "phase.started" ? [row.event.phase] : []));
  expect(phases).toEqual(["p0", "p1", "p2", "p3"]);
  expect(viewer.rows.length).toBeLessThan(600);
  expect(viewer.seqs).toEqual([...viewer.seqs].sort((a, b) => a - b));
});

it("serves two hundred viewers within a quarter of a second of each other", async () => {
  const { trial } = await running();
  const viewers = Array.from({ length: 200 }, () => new Viewer());
  for (const viewer of viewers) live.watch({ trial }, { after: 0, outlet: viewer });
  const expected = await seqsOf(trial);
  await until(() => viewers.every((viewer) => viewer.seqs.length === expected.length));
  await appendEvents(database, { trial, attempt: 1 }, [step(1)]);
  await until(() => viewers.some((viewer) => viewer.seqs.length > expected.length));
  const first = performance.now();
  await until(() => viewers.every((viewer) => viewer.seqs.length > expected.length));
  expect(performance.now() - first).toBeLessThan(250);
});
