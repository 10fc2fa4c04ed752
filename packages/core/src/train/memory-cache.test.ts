import { describe, expect, it } from "vitest";
import { differences, memoryCache } from "./memory-cache";
import type { PhaseArtifact } from "./trial";

const artifact: PhaseArtifact = {
  state: { steps: 1, arrays: {} },
  scales: {},
  bestStep: 1,
  steps: 1,
  stopped: "steps",
  seconds: 0,
  weights: {},
};

describe("memoryCache", () => {
  it("gives what was put, and drops the checkpoint of a finished fit", async () => {
    const cache = memoryCache();
    const checkpoint = {
      state: artifact.state,
      cursor: { pass: 0, offset: 0 },
      best: undefined,
      checksWithoutBest: 0,
    };
    await cache.putCheckpoint("k", checkpoint);
    expect(await cache.getCheckpoint("k")).toBe(checkpoint);
    await cache.put("k", artifact, { stage: "a" });
    expect(await cache.get("k")).toBe(artifact);
    expect(await cache.getCheckpoint("k")).toBeUndefined();
    expect(cache.keys()).toEqual(["k"]);
  });

  it("lets one holder of a lock in at a time", async () => {
    const cache = memoryCache();
    const { signal } = new AbortController();
    const order: string[] = [];
    const release = await cache.lock("k", signal);
    const second = cache.lock("k", signal).then(async (done) => {
      order.push("second");
      await done();
    });
    order.push("first");
    await release();
    await second;
    expect(order).toEqual(["first", "second"]);
  });

  it("stops waiting for a lock when the trial is cancelled", async () => {
    const cache = memoryCache();
    const controller = new AbortController();
    await cache.lock("k", controller.signal);
    const waiting = cache.lock("k", controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow();
  });
});

describe("differences", () => {
  const earlier = [
    { stage: "a", rows: "1", seed: "1" },
    { stage: "a", rows: "1", seed: "2" },
    { stage: "b", rows: "2", seed: "3" },
  ];
  it("names what differs from the nearest earlier fit of the same stage", () => {
    expect(differences(earlier, { stage: "a", rows: "1", seed: "3" })).toEqual(["seed"]);
    expect(differences(earlier, { stage: "a", rows: "2", seed: "3" })).toEqual(["rows", "seed"]);
  });
  it("names nothing where the stage was never trained", () => {
    expect(differences(earlier, { stage: "c", rows: "1", seed: "1" })).toEqual([]);
  });
});
