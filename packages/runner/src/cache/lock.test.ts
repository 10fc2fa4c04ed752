import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdLock } from "./lock";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seams-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

describe("a lock", () => {
  it("is held by one at a time", async () => {
    const path = join(folder, "locks", "k.lock");
    let holders = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      const release = await holdLock(path, never);
      holders++;
      most = Math.max(most, holders);
      await new Promise((resolve) => setTimeout(resolve, 5));
      holders--;
      await release();
    };
    await Promise.all(Array.from({ length: 6 }, work));
    expect(most).toBe(1);
    expect(await readdir(join(folder, "locks"))).toEqual([]);
  });

  it("is given up waiting for when the signal says so", async () => {
    const path = join(folder, "k.lock");
    const release = await holdLock(path, never);
    const controller = new AbortController();
    const waiting = holdLock(path, controller.signal);
    controller.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await release();
  });

  it("of a dead process is taken over", async () => {
    const path = join(folder, "k.lock");
    const child = spawn(process.execPath, ["-e", ""]);
    await new Promise((resolve) => child.once("exit", resolve));
    await writeFile(path, JSON.stringify({ pid: child.pid, started: "", token: "dead" }));
    await (await holdLock(path, never))();
  });

  it("of a process whose number another one has now is taken over", async () => {
    if (process.platform !== "linux") return; // only there the system tells when a process started
    const path = join(folder, "k.lock");
    await writeFile(path, JSON.stringify({ pid: process.pid, started: "12345", token: "old" }));
    await (await holdLock(path, never))();
  });

  it("that cannot be read is taken over", async () => {
    const path = join(folder, "k.lock");
    await writeFile(path, "torn");
    await (await holdLock(path, never))();
  });

  it("is only released by its holder", async () => {
    const path = join(folder, "k.lock");
    const release = await holdLock(path, never);
    await writeFile(path, JSON.stringify({ pid: process.pid, started: "", token: "other" }));
    await release();
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ token: "other" });
  });
});
