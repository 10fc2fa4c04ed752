import { availableParallelism } from "node:os";
import * as z from "zod";

/** Hosts that name this machine to itself. */
export const LOOPBACK_HOSTS: readonly string[] = ["127.0.0.1", "localhost", "::1"];

const port = z.coerce.number().int().min(0).max(65_535);
const empty = z.literal("").transform(() => undefined);
const text = empty.or(z.string().min(1)).optional();

const ApiEnvironment = z.object({
  SEAMS_HOST: z.string().default("127.0.0.1"),
  SEAMS_API_PORT: port.default(4301),
  /** Port of the web app: pages from there may call. */
  SEAMS_WEB_PORT: port.optional(),
  /** Names beside localhost under which Seams is reached, separated by commas. */
  SEAMS_ALLOWED_HOSTS: z.string().default(""),
  /** Everybody has to show it, in a cookie or as a bearer token. Needed before Seams listens beyond this machine. */
  SEAMS_ACCESS_TOKEN: empty.or(z.string().min(16, "use 16 characters or more")).optional(),
  SEAMS_WORKERS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  /** Megabytes one worker may use. */
  SEAMS_WORKER_MB: z.coerce.number().int().min(256).default(2_048),
  DATABASE_URL: text,
  LOG_LEVEL: z.enum(["silent", "error", "warn", "info", "debug"]).default("info"),
});

/** What the environment says about the API. */
export interface ApiSettings {
  readonly host: string;
  readonly port: number;
  readonly webPort: number | undefined;
  readonly allowedHosts: readonly string[];
  readonly accessToken: string | undefined;
  readonly workers: number;
  readonly workerMegabytes: number;
  readonly databaseUrl: string | undefined;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
}

/**
 * Reads the API's settings.
 * @throws Error with one line for each variable that cannot be
 */
export function apiSettings(environment: NodeJS.ProcessEnv = process.env): ApiSettings {
  const read = parsed(ApiEnvironment, environment);
  if (!LOOPBACK_HOSTS.includes(read.SEAMS_HOST) && read.SEAMS_ACCESS_TOKEN === undefined) {
    throw new Error(
      `SEAMS_HOST=${read.SEAMS_HOST} would let others in. Set SEAMS_ACCESS_TOKEN to a secret of 16 characters or more, or leave SEAMS_HOST away.`,
    );
  }
  return {
    host: read.SEAMS_HOST,
    port: read.SEAMS_API_PORT,
    webPort: read.SEAMS_WEB_PORT,
    allowedHosts: read.SEAMS_ALLOWED_HOSTS.split(",")
      .map((host) => host.trim())
      .filter((host) => host !== ""),
    accessToken: read.SEAMS_ACCESS_TOKEN,
    workers: read.SEAMS_WORKERS,
    workerMegabytes: read.SEAMS_WORKER_MB,
    databaseUrl: read.DATABASE_URL,
    logLevel: read.LOG_LEVEL,
  };
}

const WorkerEnvironment = z.object({
  SEAMS_WORKER_NAME: z.string().min(1),
  SEAMS_WORKER_HOME: z.string().min(1),
  SEAMS_WORKER_DATABASE: z.string().min(1),
});

/** What the supervisor tells a worker. */
export interface WorkerSettings {
  readonly name: string;
  readonly home: string;
  readonly databaseUrl: string;
}

/** Reads a worker's settings. */
export function workerSettings(environment: NodeJS.ProcessEnv = process.env): WorkerSettings {
  const read = parsed(WorkerEnvironment, environment);
  return {
    name: read.SEAMS_WORKER_NAME,
    home: read.SEAMS_WORKER_HOME,
    databaseUrl: read.SEAMS_WORKER_DATABASE,
  };
}

/** The environment of a worker: ours, and its settings. */
export const workerEnvironment = (settings: WorkerSettings): NodeJS.ProcessEnv => ({
  ...process.env,
  SEAMS_HOME: settings.home,
  SEAMS_WORKER_NAME: settings.name,
  SEAMS_WORKER_HOME: settings.home,
  SEAMS_WORKER_DATABASE: settings.databaseUrl,
});

function parsed<T>(schema: z.ZodType<T>, environment: NodeJS.ProcessEnv): T {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  throw new Error(result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("\n"));
}
