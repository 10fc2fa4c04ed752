import { openSync, closeSync, statSync, truncateSync } from "node:fs";
import { readFile, readdir, readlink, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { program } from "./binaries";
import { SERVER_ENVIRONMENT } from "./cluster";
import type { Place } from "./place";

const MAX_LOG_BYTES = 5_000_000;
const POLL_MS = 15;
const READY_WITHIN_MS = 60_000; // recovery after a crash replays its log first
const STRAGGLERS_WITHIN_MS = 15_000;
const STOP_STEPS = [
  { signal: "SIGINT", withinMs: 10_000 }, // fast shutdown: open transactions are rolled back
  { signal: "SIGQUIT", withinMs: 5_000 }, // immediate: the next start recovers
  { signal: "SIGKILL", withinMs: 5_000 },
] as const;

/** A server's main process, alive when this was made. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** The live server of this place, started by whomever; undefined when there is none. */
export async function findPostmaster(place: Place): Promise<Postmaster | undefined> {
  const lines = await postmasterFile(place);
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!(pid > 0 && port > 0)) return undefined;
  return (await isAlive(place, pid)) ? { pid, port } : undefined;
}

/**
 * Starts the server and waits until it takes connections.
 * @throws Error with the end of the server's log when it doesn't come up, for example because the port is taken
 */
export async function startPostmaster(
  place: Place,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  await clearAfterCrash(place);
  const log = openLog(place.log);
  const child = spawn(
    program(place.binaries, "postgres"),
    [
      "-D",
      place.data,
      "-p",
      String(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-k",
      "", // no socket file: the loopback port is the only door
      ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
    ],
    // Its own process group: Ctrl-C in the terminal is for us, and we then stop the server in order.
    {
      cwd: place.folder,
      env: SERVER_ENVIRONMENT,
      stdio: ["ignore", log, log],
      detached: true,
      ...place.identity,
    },
  );
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.once("error", (error) => (ended = error.message));
  child.once("exit", (code, signal) => (ended = `it ended with ${signal ?? code}`));
  const deadline = performance.now() + READY_WITHIN_MS;
  while (ended === undefined && performance.now() < deadline) {
    const lines = await postmasterFile(place);
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return { pid: child.pid, port };
    await delay(POLL_MS);
  }
  if (ended === undefined) child.kill("SIGQUIT");
  const words = (await readFile(place.log, "utf8")).split("\n").slice(-12).join("\n");
  throw new Error(
    `PostgreSQL did not start: ${ended ?? `not ready within ${READY_WITHIN_MS / 1000} s`}\n${words}`,
  );
}

/** Stops a server in order, and by force where it doesn't listen. */
export async function stopPostmaster(place: Place, postmaster: Postmaster): Promise<void> {
  if (process.platform === "win32") return stopOnWindows(place);
  for (const { signal, withinMs } of STOP_STEPS) {
    if (!(await isAlive(place, postmaster.pid))) return;
    process.kill(postmaster.pid, signal);
    if (await hasEnded(place, postmaster, withinMs)) return;
  }
  throw new Error(`PostgreSQL (process ${postmaster.pid}) cannot be stopped.`);
}

/** True while the process is there and is this place's server, not another one that got its number. */
export async function isAlive(place: Place, pid: number): Promise<boolean> {
  if (process.platform === "linux") {
    const folder = await realpath(place.data).catch(() => undefined); // a folder that is gone has no server
    return folder !== undefined && (await workingFolder(pid)) === folder;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function hasEnded(place: Place, postmaster: Postmaster, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (!(await isAlive(place, postmaster.pid))) return true;
    await delay(POLL_MS);
  }
  return false;
}

/**
 * After `kill -9` of the main process its children need a moment to notice. A second server beside them would corrupt
 * the data; PostgreSQL guards against that with its pid file, which therefore goes only when nobody is left. (It has to
 * go: under a process 1 that doesn't collect its dead, the killed server still counts as running.)
 */
async function clearAfterCrash(place: Place): Promise<void> {
  if (process.platform !== "linux") return;
  const data = await realpath(place.data);
  const deadline = performance.now() + STRAGGLERS_WITHIN_MS;
  while ((await processesIn(data)).length > 0) {
    if (performance.now() > deadline) {
      throw new Error(`Other processes still use ${data}: ${(await processesIn(data)).join(", ")}.`);
    }
    await delay(POLL_MS);
  }
  await rm(join(data, "postmaster.pid"), { force: true });
}

async function processesIn(folder: string): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).map(Number).filter((pid) => pid > 0);
  const folders = await Promise.all(pids.map(workingFolder));
  return pids.filter((_, index) => folders[index] === folder);
}

/** Undefined for the dead, for zombies, and for processes that we may not look at. */
async function workingFolder(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

async function postmasterFile(place: Place): Promise<readonly string[]> {
  try {
    return (await readFile(join(place.data, "postmaster.pid"), "utf8")).split("\n");
  } catch {
    return []; // no server, or one that is just starting
  }
}

function openLog(path: string): number {
  const file = openSync(path, "a", 0o600);
  if (statSync(path).size > MAX_LOG_BYTES) truncateSync(path);
  return file;
}

function stopOnWindows(place: Place): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program(place.binaries, "pg_ctl"), ["stop", "-m", "fast", "-D", place.data], {
      stdio: "ignore",
    });
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`pg_ctl stop ended with ${code}`)),
    );
  });
}
