import { availableParallelism, homedir } from "node:os";
import { join, resolve } from "node:path";
import * as z from "zod";

const MEGABYTE = 2 ** 20;
const empty = z.literal("").transform(() => undefined);

const RunnerEnvironment = z.object({
  /** Processes that train. */
  SEAMS_WORKERS: empty.or(z.coerce.number().int().min(1).max(256)).optional(),
  /** Megabytes that one of them may use. */
  SEAMS_WORKER_MB: empty.or(z.coerce.number().int().min(256)).optional(),
  /** Megabytes that the cache may take on the disk. */
  SEAMS_CACHE_MB: empty.or(z.coerce.number().int().min(16)).optional(),
});

/** What the environment says about training here. */
export interface RunnerSettings {
  readonly workers: number;
  readonly workerMegabytes: number;
  readonly cacheBytes: number;
}

/**
 * Reads the runner's settings.
 * @throws Error with one line for each variable that cannot be
 */
export function runnerSettings(environment: NodeJS.ProcessEnv = process.env): RunnerSettings {
  const read = RunnerEnvironment.safeParse(environment);
  if (!read.success) {
    throw new Error(read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  }
  const { SEAMS_WORKERS, SEAMS_WORKER_MB, SEAMS_CACHE_MB } = read.data;
  return {
    workers: SEAMS_WORKERS ?? availableParallelism(),
    workerMegabytes: SEAMS_WORKER_MB ?? 2_048,
    cacheBytes: (SEAMS_CACHE_MB ?? 5_120) * MEGABYTE,
  };
}

/** SEAMS_BUNDLES: where bundles of our processes are; set by what has just made them, never by people. */
export const bundlesFolder = (environment: NodeJS.ProcessEnv = process.env): string | undefined =>
  environment["SEAMS_BUNDLES"] || undefined;

/** The data folder: SEAMS_HOME, or where this platform keeps a user's data. Not created. */
export function seamsHome(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment["SEAMS_HOME"];
  if (named !== undefined && named !== "") return resolve(named);
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "Seams");
  if (process.platform === "win32") {
    return join(environment["LOCALAPPDATA"] ?? join(homedir(), "AppData", "Local"), "Seams");
  }
  const shared = environment["XDG_DATA_HOME"];
  return join(shared === undefined || shared === "" ? join(homedir(), ".local", "share") : shared, "seams");
}
