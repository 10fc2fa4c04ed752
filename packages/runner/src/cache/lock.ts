import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { TEMPORARY } from "./replace-file";

const LOOK_MS = 50;

const Holder = z.strictObject({
  pid: z.int(),
  /** When the process started, where the system tells: another process may have got the same number since. */
  started: z.string(),
  token: z.string(),
});
type Holder = z.infer<typeof Holder>;

/**
 * Waits until no living process of this machine holds the lock file, then holds it. Locks save work and nothing else: a
 * result is the same whoever computes it, so in the rarest race two may hold one.
 *
 * @returns gives the lock back
 * @throws the signal's reason when it is aborted while waiting
 */
export async function holdLock(path: string, signal: AbortSignal): Promise<() => Promise<void>> {
  const mine: Holder = { pid: process.pid, started: startOf(process.pid) ?? "", token: randomUUID() };
  await mkdir(dirname(path), { recursive: true });
  for (;;) {
    signal.throwIfAborted();
    if (await tryHold(path, mine)) return () => release(path, mine);
    const holder = await readHolder(path);
    if (holder !== undefined && !isAlive(holder)) await breakLock(path, holder);
    else await delay(LOOK_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** Links a complete file into place: nobody ever reads a lock without its holder. */
async function tryHold(path: string, holder: Holder): Promise<boolean> {
  const temporary = `${path}.${holder.token}${TEMPORARY}`;
  await writeFile(temporary, JSON.stringify(holder));
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (isError(error, "EEXIST")) return false;
    throw error;
  } finally {
    await unlink(temporary);
  }
}

/** The lock's holder; undefined where there is none any more. A lock that cannot be read counts as a dead holder's. */
async function readHolder(path: string): Promise<Holder | undefined> {
  const unreadable: Holder = { pid: 0, started: "", token: "" };
  try {
    const read = Holder.safeParse(JSON.parse(await readFile(path, "utf8")));
    return read.success ? read.data : unreadable;
  } catch (error) {
    return isError(error, "ENOENT") ? undefined : unreadable;
  }
}

/** Takes a dead holder's lock away, unless a living one has taken it since. */
async function breakLock(path: string, dead: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}${TEMPORARY}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isError(error, "ENOENT")) return;
    throw error;
  }
  const taken = await readHolder(aside);
  if (taken !== undefined && taken.token !== dead.token) await link(aside, path).catch(() => undefined); // somebody holds a newer one
  await rm(aside, { force: true });
}

async function release(path: string, mine: Holder): Promise<void> {
  if ((await readHolder(path))?.token === mine.token) await rm(path, { force: true });
}

function isAlive({ pid, started }: Holder): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isError(error, "EPERM"); // somebody else's process
  }
  const now = startOf(pid);
  return now === undefined || started === "" || now === started;
}

/** When a process started, in clock ticks since boot; undefined where the system doesn't tell (only Linux does). */
function startOf(pid: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]; // field 22; the name before it may hold spaces
  } catch {
    return undefined; // gone in the meantime: the next look finds out
  }
}

/** Whether an error is a system error of this code. */
export const isError = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
