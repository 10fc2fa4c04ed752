import { seed, stream } from "@seams/core";
import { createEngine } from "../../src/index";
import { type Engine, memoryCache, type RunEvent, type StageCache } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { twoNetworks } from "./pipelines";
import { resultOf, run, withoutTimes } from "./run";

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ backend: "wasm", form: "program" });
});

const document = twoNetworks("predicted", {
  read: { steps: 80, patience: 4 },
  add: { steps: 60, patience: 4 },
});

/** Aborts at the k-th breath, resumes, and so on until the trial ends. @returns the last outcome and the number of resumes */
async function runInPieces(cache: StageCache, breaths: readonly number[]) {
  for (let attempt = 0; ; attempt++) {
    const controller = new AbortController();
    let left = breaths[attempt] ?? Number.POSITIVE_INFINITY;
    const breathe = () => {
      left--;
      if (left <= 0) controller.abort();
    };
    const outcome = await run(engine, document, { cache, signal: controller.signal, breathe });
    if (outcome.result !== undefined || attempt > 50) return { outcome, attempts: attempt + 1 };
    expect(outcome.events.at(-1)?.type).toBe("run.cancelled");
  }
}

describe("a trial that is stopped and resumed", () => {
  it("ends with the same bits as an uninterrupted one, wherever it is cancelled", async () => {
    const whole = withoutTimes(resultOf(await run(engine, document)));
    const random = stream(seed(11), "cancel");
    for (let round = 0; round < 4; round++) {
      const breaths = Array.from({ length: 4 }, () => 1 + random.integer(12));
      const { outcome, attempts } = await runInPieces(memoryCache(), breaths);
      expect(attempts).toBeGreaterThan(1);
      expect(withoutTimes(resultOf(outcome))).toEqual(whole);
    }
  });

  it("ends with the same bits when it is killed at any of 50 random points", async () => {
    const fresh = await run(engine, document);
    const random = stream(seed(12), "kill");
    const resumed = [];
    for (let round = 0; round < 50; round++) {
      const cache = memoryCache();
      let left = 1 + random.integer(fresh.events.length - 1);
      await run(engine, document, { cache, kill: () => --left <= 0, clock: 1000 });
      const { events, result } = await run(engine, document, { cache });
      expect(withoutTimes(resultOf({ events, result }))).toEqual(withoutTimes(resultOf(fresh)));
      resumed.push(...events.filter(({ type }) => type === "phase.resumed" || type === "phase.cached"));
    }
    // The clock runs fast enough for checkpoints, so most of them did not start again from nothing.
    expect(resumed.length).toBeGreaterThan(25);
  });

  it("ends with the same bits after kill upon kill, from whatever checkpoint was written last", async () => {
    const whole = withoutTimes(resultOf(await run(engine, document)));
    const random = stream(seed(13), "kill");
    const cache = memoryCache();
    for (let round = 0; round < 5; round++) {
      let left = 2 + random.integer(20);
      const kill = (_: RunEvent) => --left <= 0;
      const outcome = await run(engine, document, { cache, kill, clock: 1000 });
      if (outcome.result !== undefined) break;
    }
    expect(withoutTimes(resultOf(await run(engine, document, { cache })))).toEqual(whole);
  });

  it("says where it goes on", async () => {
    const cache = memoryCache();
    const controller = new AbortController();
    let breaths = 0;
    const breathe = () => {
      if (++breaths === 3) controller.abort();
    };
    const first = await run(engine, document, { cache, signal: controller.signal, breathe });
    const last = first.events.at(-1);
    const second = await run(engine, document, { cache });
    const resumed = second.events.find((event) => event.type === "phase.resumed");
    expect(last?.type).toBe("run.cancelled");
    expect(
      resumed?.type === "phase.resumed" && last?.type === "run.cancelled" && resumed.step === last.step,
    ).toBe(true);
  });
});
