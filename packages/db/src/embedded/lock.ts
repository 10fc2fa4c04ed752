import { open, readFile, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 50;
const PATIENCE_MS = 90_000;

/**
 * Runs `work` while no other process of this machine holds the lock file. A lock whose holder died is taken over.
 * @throws Error when a living process keeps the lock for longer than any start takes
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = `${path}.lock`;
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await acquire(file))) {
    if (performance.now() > deadline)
      throw new Error(`Another process has been holding ${file} for ${PATIENCE_MS / 1000} s.`);
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<boolean> {
  try {
    const handle = await open(file, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const holder = Number(await readFile(file, "utf8").catch(() => ""));
  if (holder > 0 && !isRunning(holder)) await rm(file, { force: true });
  return false;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
