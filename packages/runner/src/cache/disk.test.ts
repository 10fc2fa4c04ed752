import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seed, stream } from "@seams/core";
import type { PhaseArtifact, PhaseCheckpoint, StepperState } from "@seams/core/train";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cacheFolder, openCache } from "./disk";
import { measureFolder } from "./sweep";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seams-cache-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const state = (steps: number, value = 1.5): StepperState => ({
  steps,
  arrays: {
    "read/hidden/kernel": { shape: [2, 3], data: Float32Array.from([value, -2, 3.25, 0, 1e-30, 7]) },
    "read/hidden/bias": { shape: [1], data: Float32Array.from([Number.NaN]) },
  },
});
const artifact = (value?: number): PhaseArtifact => ({
  state: state(80, value),
  scales: { "read.output": { mean: [1], spread: [2] } },
  bestStep: 70,
  steps: 80,
  stopped: "early",
  seconds: 0.25,
  weights: { read: "abc" },
});
const checkpoint = (step: number): PhaseCheckpoint => ({
  state: state(step),
  cursor: { pass: 1, offset: 3 },
  best: { step: step - 1, loss: 0.5, state: state(step - 1) },
  checksWithoutBest: 2,
});
const facts = (rows: string) => ({ stage: "read", definition: "d", rows });
const A = "a".repeat(64);
const B = "b".repeat(64);

const fileOf = (key: string): string => join(cacheFolder(home), "stages", key.slice(0, 2), key);

describe("the disk cache", () => {
  it("gives back what was put, bit for bit, also to another process", async () => {
    await openCache(home).put(A, artifact(), facts("1"));
    expect(await openCache(home).get(A)).toEqual(artifact());
    expect(await openCache(home).get(B)).toBeUndefined();
  });

  it("keeps checkpoints until the phase is finished", async () => {
    const cache = openCache(home);
    await cache.putCheckpoint(A, checkpoint(10));
    await cache.putCheckpoint(A, { ...checkpoint(20), best: undefined });
    expect(await cache.getCheckpoint(A)).toEqual({ ...checkpoint(20), best: undefined });
    await cache.put(A, artifact(), facts("1"));
    expect(await cache.getCheckpoint(A)).toBeUndefined();
  });

  it("falls back to the checkpoint before a damaged one", async () => {
    const cache = openCache(home);
    await cache.putCheckpoint(A, checkpoint(10));
    await cache.putCheckpoint(A, checkpoint(20));
    await writeFile(join(cacheFolder(home), "checkpoints", A), "torn");
    expect(await cache.getCheckpoint(A)).toEqual(checkpoint(10));
  });

  it("takes no bit flip, no truncation and no appended byte for a result", async () => {
    const notices: string[] = [];
    const cache = openCache(home, { onNotice: (words) => notices.push(words) });
    await cache.put(A, artifact(), facts("1"));
    const whole = await readFile(fileOf(A));
    const random = stream(seed(7), "damage");
    for (let round = 0; round < 120; round++) {
      const damaged = Buffer.from(whole);
      const at = random.integer(damaged.length);
      damaged[at] = (damaged[at] ?? 0) ^ (1 << random.integer(8));
      await writeFile(fileOf(A), damaged);
      expect(await cache.get(A)).toBeUndefined();
      await writeFile(fileOf(A), whole.subarray(0, random.integer(whole.length)));
      expect(await cache.get(A)).toBeUndefined();
    }
    await writeFile(fileOf(A), Buffer.concat([whole, Buffer.from([0])]));
    expect(await cache.get(A)).toBeUndefined();
    expect(notices).toHaveLength(241);
    await writeFile(fileOf(A), whole);
    expect(await cache.get(A)).toEqual(artifact());
  });

  it("takes no other key's file for its own", async () => {
    const cache = openCache(home);
    await cache.put(A, artifact(1), facts("1"));
    await cache.put(B, artifact(2), facts("2"));
    const [a, b] = [await readFile(fileOf(A)), await readFile(fileOf(B))];
    await writeFile(fileOf(A), b);
    await writeFile(fileOf(B), a);
    expect(await cache.get(A)).toBeUndefined();
    expect(await cache.get(B)).toBeUndefined();
  });

  it("takes no checkpoint for a finished phase", async () => {
    const cache = openCache(home);
    await cache.put(A, artifact(), facts("1"));
    await cache.putCheckpoint(A, checkpoint(10));
    await writeFile(fileOf(A), await readFile(join(cacheFolder(home), "checkpoints", A)));
    expect(await cache.get(A)).toBeUndefined();
  });

  it("says what differs from the nearest earlier entry of the stage", async () => {
    const cache = openCache(home);
    expect(await cache.explainMiss(facts("1"))).toEqual([]);
    await cache.put(A, artifact(), facts("1"));
    expect(await cache.explainMiss(facts("2"))).toEqual(["rows"]);
    expect(await cache.explainMiss({ ...facts("1"), stage: "add" })).toEqual([]);
  });

  it("keeps whole results", async () => {
    const cache = openCache(home);
    await cache.putResult(A, { test: { accuracy: 0.5 } });
    expect(await openCache(home).getResult(A)).toEqual({ test: { accuracy: 0.5 } });
    expect(await cache.getResult(B)).toBeUndefined();
  });

  it("keeps predictions bit for bit, and takes a damaged or another's file for none", async () => {
    const notices: string[] = [];
    const { predictions } = openCache(home, { onNotice: (words) => notices.push(words) });
    const raw = Float32Array.of(1.5, Number.NaN, -0, 1e-40);
    const presence = { present: Uint8Array.of(1, 0), lengths: Int32Array.of(2, -1) };
    await predictions.put(A, { raw, presence });
    await predictions.put(B, { raw, presence: { present: presence.present } });
    const found = await openCache(home).predictions.get(A);
    expect(found).toEqual({ raw, presence });
    expect(Object.is(found?.raw[2], -0)).toBe(true);
    const at = (key: string): string => join(cacheFolder(home), "predictions", key.slice(0, 2), key);
    await writeFile(at(A), await readFile(at(B)));
    expect(await predictions.get(A)).toBeUndefined();
    await writeFile(at(B), (await readFile(at(B))).subarray(0, 100));
    expect(await predictions.get(B)).toBeUndefined();
    expect(notices).toHaveLength(2);
    await rm(at(B));
    expect(await predictions.get(B)).toBeUndefined();
    const large = new Float32Array(5 * 2 ** 20);
    await predictions.put(B, { raw: large, presence });
    expect(await predictions.get(B)).toBeUndefined();
  });

  it("drops what was used longest ago when it is too large", async () => {
    const size = (await stat(await putAndFind())).size;
    const cache = openCache(home, { bytes: Math.round(3.5 * size) });
    const keys = ["c", "d", "e", "f"].map((letter) => letter.repeat(64));
    for (const [index, key] of keys.entries()) {
      await cache.put(key, artifact(), facts(key));
      const used = new Date(Date.now() - 60_000 + index);
      await utimes(fileOf(key), used, used);
    }
    await cache.get(keys[0] ?? "");
    await cache.put(B, artifact(), facts("9"));
    expect(await cache.get(keys[0] ?? "")).toBeDefined();
    expect(await cache.get(keys[1] ?? "")).toBeUndefined();
    expect((await measureFolder(join(cacheFolder(home), "stages"))).bytes).toBeLessThanOrEqual(3.5 * size);
  });

  it("looks at its size once a process, whoever opens it, until much was written", async () => {
    const bytes = 2 ** 30;
    const abandoned = join(cacheFolder(home), "stages", "old.tmp");
    const leave = async (): Promise<void> => {
      await writeFile(abandoned, "");
      await utimes(abandoned, new Date(0), new Date(0));
    };
    await openCache(home).put(A, artifact(), facts("1"));
    await leave();
    await openCache(home, { bytes }).put(B, artifact(), facts("2"));
    await expect(stat(abandoned)).rejects.toThrow("ENOENT");
    await leave();
    await openCache(home, { bytes }).put(A, artifact(), facts("1"));
    expect((await stat(abandoned)).isFile()).toBe(true);
  });

  it("leaves no temporary files", async () => {
    const cache = openCache(home);
    await cache.put(A, artifact(), facts("1"));
    await cache.putCheckpoint(B, checkpoint(1));
    const names = await readdir(cacheFolder(home), { recursive: true });
    expect(names.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

async function putAndFind(): Promise<string> {
  await openCache(home).put(A, artifact(), facts("1"));
  return fileOf(A);
}
