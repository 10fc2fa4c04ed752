import { spawn, type ChildProcess } from "node:child_process";
import { shutDatabase } from "@seams/db/testing";
import { programAt } from "@seams/runner";
import { beforeAll, describe, expect, it } from "vitest";
import { raw, testApi, until, type TestApi } from "../../test/harness";
import {
  ends,
  reaches,
  resumedAt,
  startLongTrial,
  STEPS,
  undisturbedWeights,
  weightsOf,
} from "../../test/long-trial";

const TIMEOUT = { timeout: 240_000 };
let undisturbed: Readonly<Record<string, string>>;
beforeAll(async () => {
  undisturbed = await undisturbedWeights();
  expect(Object.values(undisturbed)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
});

const workerPid = (api: TestApi): Promise<number> =>
  until(async () => (await api.client.system.info.query()).workers[0]?.pid ?? undefined);

async function withWorker(change: Parameters<typeof testApi>[0], work: (api: TestApi) => Promise<void>) {
  const api = await testApi({ workers: 1, ...change });
  try {
    await work(api);
  } finally {
    await api.close();
  }
}

describe("a trial", () => {
  it("whose worker is killed goes on from its checkpoint, and ends with the same weights", TIMEOUT, () =>
    withWorker({}, async (api) => {
      const id = await startLongTrial(api.client);
      for (const part of [0.4, 0.8]) {
        await reaches(api.client, id, part * STEPS);
        const pid = await workerPid(api);
        process.kill(pid, "SIGKILL");
        await until(async () => (await workerPid(api)) !== pid);
      }
      const view = await ends(api.client, id);
      expect(view.summary).toMatchObject({ status: "done", attempt: 3 });
      expect(weightsOf(view)).toEqual(undisturbed);
      expect(resumedAt(view).at(-1)).toBeGreaterThan(0);
    }),
  );

  it(
    "is stopped within five seconds when cancelled, and resumed with the same weights in the end",
    TIMEOUT,
    () =>
      withWorker({}, async (api) => {
        const id = await startLongTrial(api.client);
        await reaches(api.client, id, 500);
        const pid = await workerPid(api);
        const started = performance.now();
        await api.client.trials.cancel.mutate({ id });
        await until(async () => (await api.client.system.info.query()).workers[0]?.trial === null, 10_000);
        expect(performance.now() - started).toBeLessThan(5_000);
        expect(await workerPid(api)).toBe(pid); // it stopped by itself
        const cancelled = await api.client.trials.get.query({ id });
        expect(cancelled.summary.status).toBe("cancelled");
        expect(cancelled.events.map(({ event }) => event.type)).toContain("run.cancelled");
        await api.client.trials.resume.mutate({ id });
        const view = await ends(api.client, id);
        expect(weightsOf(view)).toEqual(undisturbed);
        expect(resumedAt(view)[0]).toBeGreaterThanOrEqual(500);
      }),
  );

  it("whose worker hangs is taken from it, and ends with the same weights", TIMEOUT, () =>
    withWorker({ stalledAfterMs: 8_000 }, async (api) => {
      const id = await startLongTrial(api.client);
      await reaches(api.client, id, 500);
      const pid = await workerPid(api);
      process.kill(pid, "SIGSTOP");
      const started = performance.now();
      await until(async () => (await workerPid(api)) !== pid);
      expect(performance.now() - started).toBeLessThan(20_000);
      const view = await ends(api.client, id);
      expect(view.summary.attempt).toBe(2);
      expect(weightsOf(view)).toEqual(undisturbed);
    }),
  );

  it("goes on while the database is away for seconds, and loses no event", TIMEOUT, () =>
    withWorker({}, async (api) => {
      const id = await startLongTrial(api.client);
      await reaches(api.client, id, 300);
      const back = await shutDatabase(api.databaseUrl);
      await until(async () => (await raw(api.port, {})).status === 503, 20_000);
      await new Promise((resolve) => setTimeout(resolve, 3_000)); // the length of the outage is what is tested
      await back();
      const view = await ends(api.client, id);
      expect(view.summary).toMatchObject({ status: "done", attempt: 1 });
      expect(weightsOf(view)).toEqual(undisturbed);
      const seen = view.events.flatMap(({ event }) => (event.type === "steps.finished" ? [event.step] : []));
      const gap = (seen[1] ?? 0) - (seen[0] ?? 0);
      expect(seen).toEqual(seen.map((_, k) => (k + 1) * gap));
    }),
  );

  it("that outgrows its worker's memory fails and says so, while the API answers", TIMEOUT, () =>
    withWorker({ workerMegabytes: 500 }, async (api) => {
      const id = await startLongTrial(api.client, { hidden: [4_096, 4_096], steps: 50 });
      const view = await ends(api.client, id);
      expect(view.summary).toMatchObject({ status: "failed", diagnostic: { code: "out-of-memory" } });
      expect((await raw(api.port, {})).status).toBe(200);
    }),
  );
});

describe("everything killed at once", () => {
  it("starts again with nothing acknowledged lost, and goes on to the same weights", TIMEOUT, async () => {
    const api = await testApi(); // its database and home; the one that is killed is a process of its own
    const port = api.port;
    await api.restart({ port: 0 }); // leaves the port, which the client goes on to use no more
    const tree = startTree(api, port);
    try {
      const id = await startLongTrial(api.client);
      await until(async () => (await raw(port, {}).catch(() => undefined))?.status === 200);
      await reaches(api.client, id, 0.5 * STEPS);
      tree.kill();
      const acknowledged = await startLongTrial(api.client);
      const again = startTree(api, port);
      try {
        const [view, other] = [await ends(api.client, id), await ends(api.client, acknowledged)];
        expect(view.summary).toMatchObject({ status: "done", attempt: 2 });
        expect(weightsOf(view)).toEqual(undisturbed);
        expect(weightsOf(other)).toEqual(undisturbed);
        // Both trials are the same computation: the first to run goes on from the checkpoint, the other finds it done.
        expect([...resumedAt(view), ...resumedAt(other)][0]).toBeGreaterThan(0);
      } finally {
        again.kill();
      }
    } finally {
      tree.kill();
      await api.close();
    }
  });
});

/** The API and its worker as processes of their own, which die together. */
function startTree(api: TestApi, port: number): { kill(): void } {
  const { path, flags } = programAt(new URL("../main.ts", import.meta.url));
  const tree: ChildProcess = spawn(process.execPath, [...flags, path], {
    detached: true,
    stdio: "ignore",
    env: {
      ...process.env,
      SEAMS_HOME: api.home,
      DATABASE_URL: api.databaseUrl,
      SEAMS_API_PORT: String(port),
      SEAMS_WORKERS: "1",
    },
  });
  return {
    kill: () => {
      try {
        process.kill(-(tree.pid ?? 0), "SIGKILL");
      } catch {
        // It is gone already.
      }
    },
  };
}
