// Long-lived parts of the product side by side: all stop when one of them does, when a signal comes, or when we are gone.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { childEnvironment, ROOT } from "./run.mjs";

/** Everything listens here, and nowhere else, unless its owner says so. */
export const HOST = "127.0.0.1";

const READY_WITHIN_MS = 120_000;
/** A part that hasn't stopped by then is ended: a worker saves its checkpoint and PostgreSQL stops well within it. */
const STOP_WITHIN_MS = 30_000;
const INTERRUPTED = 130;

/**
 * Starts one part. It has a channel to us, so that it notices when we are gone, however that came.
 * @param part `{ name, args, cwd, env, stdout }`: `args` for this Node; `stdout` only where it says something worth reading
 */
export function startPart({ name, args, cwd = ROOT, env = {}, stdout = "inherit" }) {
  const stdio = ["ignore", stdout, "inherit", "ipc"];
  return { name, process: spawn(process.execPath, args, { cwd, stdio, env: childEnvironment(env) }) };
}

/**
 * Resolves when all parts have stopped: to 130 after a signal, to 1 when one of them ended by itself. Ctrl-C reaches the
 * whole group, so the parts know already; SIGTERM reaches us alone.
 */
export function untilStopped(parts) {
  return new Promise((resolve) => {
    let code;
    let left = parts.length;
    const stopAll = (why) => {
      if (code !== undefined) return;
      code = why;
      for (const part of parts) part.process.kill("SIGTERM");
      const late = () => parts.forEach((part) => part.process.kill("SIGKILL"));
      setTimeout(late, STOP_WITHIN_MS).unref();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopAll(INTERRUPTED));
    for (const part of parts) {
      part.process.on("exit", (ended, signal) => {
        if (code === undefined)
          process.stderr.write(`The ${part.name} stopped (${signal ?? ended}); stopping the rest.\n`);
        left--;
        stopAll(1);
        if (left === 0) resolve(code);
      });
    }
  });
}

/**
 * Waits until an address answers with anything but a server error.
 * @throws Error when it doesn't for two minutes
 */
export async function untilAnswered(url) {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      await response.body?.cancel();
      if (response.status < 500) return;
    } catch {
      // Not listening yet: ask again.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within ${READY_WITHIN_MS / 1000} s`);
}

/** The wanted port, or the next one that nobody listens on. */
export function freePort(wanted) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(freePort(wanted + 1)));
    server.listen(wanted, HOST, () => server.close(() => resolve(wanted)));
  });
}
