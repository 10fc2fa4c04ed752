// The whole product on this machine: database, API with workers, web. `./seams start` and `npm start` end here.
import { cpSync, existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { ROOT } from "./run.mjs";
import { buildWeb, setUp } from "./set-up.mjs";

const DEFAULT_PORT = 4300;
const HOST = "127.0.0.1";
const READY_WITHIN_MS = 120_000;

/** Starts everything, prints the URL, and stays until a signal or a failure. Resolves to an exit code. */
export async function start(args) {
  const options = parse(args);
  if (options === undefined) return 2;
  await setUp();
  await buildWeb();
  const port = await freePort(options.port);
  const apiPort = await freePort(port + 1);
  const children = [startApi(apiPort, port, options), startWeb(port, apiPort)];
  const stopped = untilStopped(children);
  const ready = Promise.all([
    answers(`http://${HOST}:${apiPort}/health`),
    answers(`http://${HOST}:${port}/`),
  ]);
  const first = await Promise.race([ready.then(() => "ready"), stopped]);
  if (first !== "ready") return first;
  process.stdout.write(`Seams is running at http://localhost:${port}\nStop it with Ctrl-C.\n`);
  return stopped;
}

function parse(args) {
  const options = { port: Number(process.env.PORT ?? DEFAULT_PORT), workers: undefined };
  for (let index = 0; index < args.length; index += 2) {
    const value = Number(args[index + 1]);
    if (args[index] === "--port" && Number.isInteger(value) && value > 0 && value < 65_536)
      options.port = value;
    else if (args[index] === "--workers" && Number.isInteger(value) && value > 0) options.workers = value;
    else {
      process.stderr.write(
        "Usage: seams start [--port 4300] [--workers N]\nSEAMS_HOME names the data folder; DATABASE_URL a PostgreSQL of your own.\n",
      );
      return undefined;
    }
  }
  return options;
}

function startApi(port, webPort, options) {
  return {
    name: "API",
    process: spawn(
      process.execPath,
      ["--disallow-code-generation-from-strings", "--import", "tsx", "apps/api/src/main.ts"],
      {
        cwd: ROOT,
        stdio: ["ignore", "inherit", "inherit"],
        env: {
          ...process.env,
          SEAMS_API_PORT: String(port),
          SEAMS_WEB_PORT: String(webPort),
          ...(options.workers === undefined ? {} : { SEAMS_WORKERS: String(options.workers) }),
        },
      },
    ),
  };
}

function startWeb(port, apiPort) {
  const app = join(ROOT, "apps/web/.next/standalone/apps/web");
  const assets = join(app, ".next/static");
  if (!existsSync(assets)) cpSync(join(ROOT, "apps/web/.next/static"), assets, { recursive: true });
  const files = join(ROOT, "apps/web/public");
  if (existsSync(files)) cpSync(files, join(app, "public"), { recursive: true });
  return {
    name: "web server",
    process: spawn(process.execPath, ["server.js"], {
      cwd: app,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        PORT: String(port),
        HOSTNAME: HOST,
        API_URL: `http://${HOST}:${apiPort}`,
        NODE_ENV: "production",
        NEXT_TELEMETRY_DISABLED: "1",
      },
    }),
  };
}

/** Resolves when a signal stopped everything (130), or when one part ended by itself (1). */
function untilStopped(children) {
  return new Promise((resolve) => {
    let code;
    let left = children.length;
    const stopAll = (why) => {
      if (code !== undefined) return;
      code = why;
      for (const child of children) child.process.kill("SIGTERM");
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopAll(130));
    for (const child of children) {
      child.process.on("exit", (ended, signal) => {
        if (code === undefined)
          process.stderr.write(`The ${child.name} stopped (${signal ?? ended}); stopping the rest.\n`);
        left--;
        stopAll(1);
        if (left === 0) resolve(code);
      });
    }
  });
}

/** Waits until an address answers with anything but a server error. */
async function answers(url) {
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
function freePort(wanted) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(freePort(wanted + 1)));
    server.listen(wanted, HOST, () => server.close(() => resolve(wanted)));
  });
}
