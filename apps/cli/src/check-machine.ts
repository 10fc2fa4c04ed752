import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, freemem, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBinaries, program } from "@seams/db/binaries";
import { createEngine, readyNative } from "@seams/engine";
import type { Speed } from "@seams/core";
import type { Engine } from "@seams/core/train";
import { keepMachineSpeeds, machineFacts, runnerSettings, seamsHome } from "@seams/runner";
import { measureSpeed } from "./check-speed";

/** One thing that was looked at. */
export interface Check {
  readonly check: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do where it is not in order. */
  readonly fix?: string;
  /** Measured numbers, for programs. */
  readonly values?: Readonly<Record<string, number | string>>;
}

const run = promisify(execFile);
const GIBIBYTE = 2 ** 30;
const LEAST_DISK_BYTES = 2 * GIBIBYTE;
const OLDEST_NODE = [20, 19] as const;
/** Looks at the machine, one thing after the other. */
export async function* checkMachine(): AsyncGenerator<Check> {
  yield checkNode();
  yield checkCores();
  yield checkMemory();
  yield await checkHome();
  yield await checkPostgres();
  yield checkNative();
  yield* checkEngine();
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const ok = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const fix = `Install Node ${OLDEST_NODE.join(".")} or newer.`;
  return {
    check: "node",
    ok,
    found: `${process.version} on ${process.platform} ${process.arch}`,
    ...(ok ? {} : { fix }),
  };
}

function checkCores(): Check {
  const cores = availableParallelism();
  const model = cpus()[0]?.model.trim() ?? "unknown processor";
  return { check: "cores", ok: true, found: `${cores} × ${model}`, values: { cores } };
}

function checkMemory(): Check {
  const { workers, workerMegabytes } = runnerSettings();
  const free = freemem();
  const wanted = workers * workerMegabytes * 2 ** 20;
  const found = `${gibibytes(free)} free of ${gibibytes(totalmem())}; ${workers} workers may use ${gibibytes(wanted)}`;
  const ok = totalmem() > wanted;
  const fix = "Let fewer workers train, or allow them less: SEAMS_WORKERS, SEAMS_WORKER_MB.";
  return {
    check: "memory",
    ok,
    found,
    values: { freeBytes: free, totalBytes: totalmem() },
    ...(ok ? {} : { fix }),
  };
}

async function checkHome(): Promise<Check> {
  const home = seamsHome();
  const probe = join(home, `.${randomUUID()}.tmp`);
  try {
    await mkdir(home, { recursive: true });
    await writeFile(probe, "seams", { flush: true });
    await rm(probe);
    const { bavail, bsize } = await statfs(home);
    const free = bavail * bsize;
    const ok = free > LEAST_DISK_BYTES;
    const fix = "Free some disk space, or let SEAMS_HOME name a folder on another disk.";
    const found = `${home}, ${gibibytes(free)} free`;
    return { check: "home", ok, found, values: { freeBytes: free }, ...(ok ? {} : { fix }) };
  } catch (error) {
    const fix = "Let SEAMS_HOME name a folder that you may write to.";
    return { check: "home", ok: false, found: messageOf(error), fix };
  }
}

/** Only whether it is there and runs: `seams start` makes its database. */
async function checkPostgres(): Promise<Check> {
  try {
    const { stdout } = await run(program(findBinaries(), "postgres"), ["--version"]);
    return { check: "postgresql", ok: true, found: stdout.trim() };
  } catch (error) {
    const fix = "Only `seams start` needs it. Run npm install again, or set DATABASE_URL.";
    return { check: "postgresql", ok: false, found: messageOf(error), fix };
  }
}

/** Whether TensorFlow's C library is there for steps to run on: nothing needs it, so its absence is in order. */
function checkNative(): Check {
  const native = readyNative();
  if (native === undefined)
    return {
      check: "native",
      ok: true,
      found: "not installed, nothing needs it; npm run native makes it: large networks train faster on it",
    };
  const { tfjsNode, tensorflow, folder } = native;
  return {
    check: "native",
    ok: true,
    found: `tfjs-node ${tfjsNode} on TensorFlow ${tensorflow}, in ${folder}`,
    values: { tfjsNode, tensorflow },
  };
}

/** Loads the backend and trains a small network for a moment, without any cache. */
async function* checkEngine(): AsyncGenerator<Check> {
  const started = performance.now();
  try {
    const engine = await createEngine();
    const seconds = (performance.now() - started) / 1000;
    const { backend, form, kernels, threads, version, because = "" } = engine.info;
    const found = `${backend}, ${form} (${because}), ${threads} thread, kernels ${kernels}, ${version}; loaded in ${seconds.toFixed(2)} s`;
    yield { check: "backend", ok: true, found, values: { backend, form, seconds } };
    yield* measureBackends(engine);
  } catch (error) {
    yield {
      check: "backend",
      ok: false,
      found: messageOf(error),
      fix: "Leave SEAMS_BACKEND unset, or name one that is installed.",
    };
  }
}

/**
 * Measures every backend with step programs that is installed here, or the one that was asked for, and keeps what came of it:
 * plans' times and the choice of a backend are by it from then on.
 */
async function* measureBackends(own: Engine): AsyncGenerator<Check> {
  const home = seamsHome();
  const { asked, hasNative, speeds: known } = await machineFacts(home);
  const speeds: { wasm?: Speed; native?: Speed } = { ...known };
  const names = (["wasm", "native"] as const).filter((name) =>
    asked === undefined ? name === "wasm" || hasNative : name === asked,
  );
  for (const name of names) {
    const engine = own.info.backend === name ? own : await createEngine({ backend: name });
    const { speed, check } = await measureSpeed(engine);
    if (engine.info.form === "program") speeds[name] = speed;
    yield check;
  }
  await keepMachineSpeeds(home, speeds);
}

const gibibytes = (bytes: number): string => `${(bytes / GIBIBYTE).toFixed(1)} GiB`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
