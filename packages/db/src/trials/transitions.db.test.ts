import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunEvent } from "@seams/core/train";
import {
  appendEvents,
  changeTrial,
  changeTrials,
  claimTrial,
  createExperiment,
  loseWorker,
  MAX_LOST_WORKERS,
  nextState,
  readEvents,
  readExperiment,
  readTrial,
  readTrialScores,
  renewLease,
  requeueForgotten,
  runningWorkers,
  trialIds,
  type Database,
  type TrialCommand,
  type TrialState,
} from "../index";
import { claim, diagnostic, experiment, freshDatabase, oneTrial, result } from "../../test/support";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const loss: RunEvent = {
  type: "steps.finished",
  phase: "p",
  step: 10,
  loss: 0.5,
  byHead: {},
  stepsPerSecond: 1,
};
const eventsOf = async (trial: string) =>
  (await readEvents(database, { trial }, { after: 0, limit: 1000 })).map((row) => row.event);
const statusOf = async (trial: string) => (await readTrial(database, trial))!.trial.status;

describe("a trial's life", () => {
  it("goes from queued over running to done, and says so in its log", async () => {
    const { trial } = await oneTrial(database);
    const attempt = await claimTrial(database, trial, claim());
    expect(attempt).toBe(1);
    expect(await appendEvents(database, { trial, attempt: 1 }, [loss])).toBe(true);
    expect(await changeTrial(database, trial, { ask: "finish", attempt: 1, result: result() })).toBe(true);
    expect(await eventsOf(trial)).toEqual([
      { type: "status", status: "queued", attempt: 0 },
      { type: "status", status: "running", attempt: 1 },
      loss,
      { type: "status", status: "done", attempt: 1 },
    ]);
    expect((await readTrial(database, trial))!.trial).toMatchObject({
      status: "done",
      result: result(),
      diagnostic: null,
    });
  });

  it("is claimed by one of many workers", async () => {
    const { trial } = await oneTrial(database);
    const attempts = await Promise.all(
      Array.from({ length: 20 }, (_, worker) => claimTrial(database, trial, claim(`here/${worker}`))),
    );
    expect(attempts.filter((attempt) => attempt !== undefined)).toEqual([1]);
  });

  it("refuses the writes of a worker that was replaced", async () => {
    const { trial } = await oneTrial(database);
    await claimTrial(database, trial, claim("here/zombie"));
    await loseWorker(database, { worker: "here/zombie", how: "killed" });
    expect(await claimTrial(database, trial, claim("here/next"))).toBe(2);
    expect(await appendEvents(database, { trial, attempt: 1 }, [loss])).toBe(false);
    expect(await renewLease(database, trial, { attempt: 1, leaseSeconds: 20 })).toBe(false);
    expect(await changeTrial(database, trial, { ask: "finish", attempt: 1, result: result(0.1) })).toBe(
      false,
    );
    expect(await changeTrial(database, trial, { ask: "fail", attempt: 1, diagnostic })).toBe(false);
    expect(await changeTrial(database, trial, { ask: "finish", attempt: 2, result: result(0.9) })).toBe(true);
    expect((await readTrial(database, trial))!.trial.result!.test).toEqual({ accuracy: 0.9 });
    expect(await eventsOf(trial)).not.toContainEqual(loss);
  });

  it("never lets recovery touch an end", async () => {
    const { trial } = await oneTrial(database);
    await claimTrial(database, trial, { worker: "here/7", leaseSeconds: -1 });
    await changeTrial(database, trial, { ask: "finish", attempt: 1, result: result() });
    expect(await loseWorker(database, { worker: "here/7", how: "killed" })).toEqual([]);
    expect(await loseWorker(database, { how: "its lease ran out" })).toEqual([]);
    expect(await statusOf(trial)).toBe("done");
  });

  it("stops at once when cancelled, lets the worker say where, and goes on when resumed", async () => {
    const { trial } = await oneTrial(database);
    await claimTrial(database, trial, claim());
    expect(await changeTrial(database, trial, { ask: "cancel" })).toBe(true);
    expect(await appendEvents(database, { trial, attempt: 1 }, [{ type: "run.cancelled", step: 7 }])).toBe(
      true,
    );
    expect(await changeTrial(database, trial, { ask: "finish", attempt: 1, result: result() })).toBe(false);
    expect(await changeTrial(database, trial, { ask: "resume" })).toBe(true);
    expect(await appendEvents(database, { trial, attempt: 1 }, [loss])).toBe(false);
    expect(await claimTrial(database, trial, claim())).toBe(2);
  });

  it("fails with worker-lost after the third lost worker, and gets three more from a person", async () => {
    const { trial } = await oneTrial(database);
    for (let lost = 1; lost <= MAX_LOST_WORKERS; lost++) {
      expect(await claimTrial(database, trial, claim("here/doomed"))).toBe(lost);
      await loseWorker(database, { worker: "here/doomed", how: "killed by SIGKILL" });
    }
    const { trial: row } = (await readTrial(database, trial))!;
    expect(row.status).toBe("failed");
    expect(row.diagnostic).toMatchObject({
      code: "worker-lost",
      message: expect.stringContaining("3 attempts"),
    });
    await changeTrial(database, trial, { ask: "resume" });
    await claimTrial(database, trial, claim("here/doomed"));
    await loseWorker(database, { worker: "here/doomed", how: "killed" });
    expect(await statusOf(trial)).toBe("queued");
  });

  it("knows a machine's workers and those whose lease is over", async () => {
    const [first, second] = [await oneTrial(database), await oneTrial(database)];
    await claimTrial(database, first.trial, { worker: "moon/1/1", leaseSeconds: 20 });
    await claimTrial(database, second.trial, { worker: "moonlight/1/1", leaseSeconds: -1 });
    expect(await runningWorkers(database, "moon/")).toEqual(["moon/1/1"]);
    expect((await loseWorker(database, { how: "lease" })).map((change) => change.trial)).toEqual([
      second.trial,
    ]);
  });
});

/** The real database beside the pure rules, under any order of what two workers, a person and recovery do. */
class World {
  readonly attempts = new Map<string, number>(); // what each worker believes to be speaking for
  constructor(
    readonly trial: string,
    public state: TrialState = { status: "queued", attempt: 0, lost: 0 },
  ) {}
}

const workers = ["x/1", "x/2"];
const command = fc.oneof(
  fc.record({ do: fc.constant("claim" as const), worker: fc.constantFrom(...workers) }),
  fc.record({
    do: fc.constantFrom(
      "finish" as const,
      "fail" as const,
      "release" as const,
      "append" as const,
      "renew" as const,
      "lost" as const,
    ),
    worker: fc.constantFrom(...workers),
  }),
  fc.record({ do: fc.constantFrom("cancel" as const, "resume" as const), worker: fc.constant("") }),
);

describe("the state machine", () => {
  it("does in the database what its rules say, whatever two workers and a person do", {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 12 }), async (commands) => {
        const world = new World((await oneTrial(database)).trial);
        for (const { do: what, worker } of commands) await step(world, what, worker);
        const { trial } = (await readTrial(database, world.trial))!;
        expect({ status: trial.status, attempt: trial.attempt }).toEqual({
          status: world.state.status,
          attempt: world.state.attempt,
        });
        expect(trial.result !== null).toBe(world.state.status === "done");
        const statuses = (await eventsOf(world.trial)).filter((event) => event.type === "status");
        expect(statuses.at(-1)).toEqual({
          type: "status",
          status: world.state.status,
          attempt: world.state.attempt,
        });
      }),
      { numRuns: 250, seed: 4 },
    );
  });

  async function step(world: World, what: string, worker: string): Promise<void> {
    const { trial, state } = world;
    const attempt = world.attempts.get(worker) ?? 0;
    if (what === "append" || what === "renew") {
      const speaks = state.attempt === attempt;
      const may = what === "append" ? ["running", "cancelled"] : ["running"];
      const did =
        what === "append"
          ? await appendEvents(database, { trial, attempt }, [loss])
          : await renewLease(database, trial, { attempt, leaseSeconds: 20 });
      expect(did).toBe(speaks && may.includes(state.status));
      return;
    }
    const asked = commandFor(what, worker, attempt);
    const next = nextState(state, asked);
    expect(await changeTrial(database, trial, asked)).toBe(next !== undefined);
    world.state = next ?? state;
    if (what === "claim" && next) world.attempts.set(worker, next.attempt);
    // What the rules may never do.
    if (state.status === "done") expect(next).toBeUndefined();
    if ((state.status === "failed" || state.status === "cancelled") && next) expect(what).toBe("resume");
  }

  function commandFor(what: string, worker: string, attempt: number): TrialCommand {
    switch (what) {
      case "claim":
        return { ask: "claim", ...claim(worker) };
      case "finish":
        return { ask: "finish", attempt, result: result() };
      case "fail":
        return { ask: "fail", attempt, diagnostic };
      case "release":
        return { ask: "release", attempt };
      case "lost":
        return { ask: "lose", attempt, diagnostic };
      case "cancel":
        return { ask: "cancel" };
      default:
        return { ask: "resume" };
    }
  }
});

describe("an experiment", () => {
  it("is made once, however often its key is sent", async () => {
    const key = randomUUID();
    const ids = await Promise.all(
      Array.from({ length: 100 }, () => createExperiment(database, experiment({ key }))),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await trialIds(database, ids[0]!)).toHaveLength(12);
  });

  it("orders its trials by budget, then seed, then pipeline, and keeps seeds above 2³¹", async () => {
    const id = await createExperiment(database, experiment());
    const trials = await readTrialScores(database, id);
    expect(trials.slice(0, 3).map(({ budget, seed, pipeline }) => [budget, seed, pipeline])).toEqual([
      [8, 1, "a"],
      [8, 1, "b"],
      [8, 2, "a"],
    ]);
    expect(trials.at(-1)).toMatchObject({ budget: 32, seed: 4_294_967_295, pipeline: "b" });
    expect(await readExperiment(database, id)).toMatchObject({
      budgets: [32, 8],
      seeds: [1, 2, 4_294_967_295],
      prices: { y: 1 },
    });
  });

  it("is cancelled and resumed as a whole, its finished trials apart", async () => {
    const id = await createExperiment(database, experiment());
    const trials = await trialIds(database, id);
    await claimTrial(database, trials[0]!, claim());
    await changeTrial(database, trials[0]!, { ask: "finish", attempt: 1, result: result() });
    expect(await changeTrials(database, trials, { ask: "cancel" })).toHaveLength(11);
    expect(await changeTrials(database, trials, { ask: "resume" })).toHaveLength(11);
    const statuses = (await readTrialScores(database, id)).map((trial) => trial.status);
    expect(statuses.filter((status) => status === "queued")).toHaveLength(11);
  });

  it("counts a revision when a trial is over, and when one that was is not any more", async () => {
    const { experiment: id, trial } = await oneTrial(database);
    const revision = async () => (await readExperiment(database, id))!.revision;
    await claimTrial(database, trial, claim());
    expect(await revision()).toBe(0);
    await changeTrial(database, trial, { ask: "cancel" });
    expect(await revision()).toBe(1);
    await changeTrial(database, trial, { ask: "resume" });
    await claimTrial(database, trial, claim());
    expect(await revision()).toBe(2);
    await changeTrial(database, trial, { ask: "finish", attempt: 2, result: result() });
    expect(await revision()).toBe(3);
  });
});

describe("the queue", () => {
  it("hands out the first trials of every experiment before anybody's second, each once", async () => {
    const own = await freshDatabase();
    try {
      const first = await createExperiment(own, experiment());
      const second = await createExperiment(own, experiment());
      const jobs = (await Promise.all(Array.from({ length: 30 }, () => own.queue.take()))).filter(
        (job) => job !== undefined,
      );
      expect(new Set(jobs.map((job) => job.trial)).size).toBe(24);
      const late = await own.queue.take();
      expect(late).toBeUndefined();
      const order = await own.pool.query<{ experiment_id: string; rank: number }>(
        "select id, experiment_id, rank from trial",
      );
      expect(
        order.rows
          .filter((row) => row.rank === 0)
          .map((row) => row.experiment_id)
          .sort(),
      ).toEqual([first, second].sort());
    } finally {
      await own.close();
    }
  });

  it("takes in order of rank", async () => {
    const own = await freshDatabase();
    try {
      const id = await createExperiment(own, experiment());
      const expected = (await readTrialScores(own, id)).map((trial) => trial.id);
      const taken: string[] = [];
      for (let job = await own.queue.take(); job; job = await own.queue.take()) {
        taken.push(job.trial);
        await own.queue.settle(job);
      }
      expect(taken).toEqual(expected);
    } finally {
      await own.close();
    }
  });

  it("finds trials whose job was lost with its worker", async () => {
    const own = await freshDatabase();
    try {
      const { trial } = await oneTrial(own);
      expect(await requeueForgotten(own)).toBe(0);
      await own.queue.take();
      expect(await requeueForgotten(own)).toBe(1);
      expect((await own.queue.take())?.trial).toBe(trial);
    } finally {
      await own.close();
    }
  });

  it("wakes a listening worker within half a second of the commit", async () => {
    const woken = new Promise<number>((resolve) =>
      database.listener.on("queue", () => resolve(performance.now())),
    );
    const started = performance.now();
    await oneTrial(database);
    expect((await woken) - started).toBeLessThan(500);
  });
});

describe("the log", () => {
  it("shows every entry to a reader that only goes forward, while many append", async () => {
    const trials = await Promise.all(Array.from({ length: 6 }, () => oneTrial(database)));
    for (const { trial } of trials) await claimTrial(database, trial, claim());
    let writing = true;
    const writers = Promise.all(
      trials.map(async ({ trial }) => {
        for (let step = 0; step < 30; step++)
          await appendEvents(database, { trial, attempt: 1 }, [{ ...loss, step }]);
      }),
    ).then(() => (writing = false));
    const seen: number[] = [];
    let after = 0;
    for (let more = true; more; ) {
      const last = !writing;
      const { rows } = await database.pool.query<{ seq: string }>(
        "select seq from event where seq > $1 order by seq",
        [after],
      );
      seen.push(...rows.map((row) => Number(row.seq)));
      after = seen.at(-1) ?? 0;
      more = !last;
    }
    await writers;
    const { rows } = await database.pool.query<{ seq: string }>("select seq from event order by seq");
    expect(seen).toEqual(rows.map((row) => Number(row.seq)));
  });
});
