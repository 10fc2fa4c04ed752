import { readFile, rename, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { createCluster, SUPERUSER } from "./cluster";
import { withLock } from "./lock";
import { preparePlace, type Place } from "./place";
import { findPostmaster, isAlive, startPostmaster, stopPostmaster, type Postmaster } from "./postmaster";

const DATABASE = "seams";
const WATCH_MS = 250;
const RESTART_PAUSES_MS = [0, 200, 1_000, 3_000, 5_000];

/** How a home's server is started. */
export interface EmbeddedOptions {
  /** SEAMS_HOME: the data lies below it. */
  readonly home: string;
  /** PostgreSQL settings beside the defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Is told, in a sentence, what a person reading the log would want to know. */
  readonly onNotice?: (words: string) => void;
}

/** The PostgreSQL server of one home. */
export interface EmbeddedPostgres {
  /** Connects as the owner of everything to the database `seams`. It does not change while this object lives. */
  readonly url: string;
  /** `adopted`: the server was still running, left behind by an owner that was killed. */
  readonly origin: "started" | "adopted";
  /** The server's main process at this moment. */
  pid(): number;
  /** Stops watching, then the server. */
  stop(): Promise<void>;
}

/**
 * Brings up the home's PostgreSQL: makes its data folder the first time, adopts a server that outlived its owner,
 * starts one otherwise, and starts it again whenever it dies. It lives on when this process is killed, so nothing that
 * was acknowledged is lost; the next start finds it.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const place = await preparePlace(options.home);
  const { postmaster, origin, url } = await withLock(join(place.folder, "starting"), async () => {
    const up = await bringUp(place, options);
    const { port } = up.postmaster;
    const url = `postgresql://${SUPERUSER}:${place.password}@127.0.0.1:${port}/${DATABASE}`;
    await createDatabase(url);
    return { ...up, url };
  });
  const keeper = keepAlive(place, postmaster, options);
  return { url, origin, pid: keeper.pid, stop: keeper.stop };
}

async function bringUp(
  place: Place,
  options: EmbeddedOptions,
): Promise<{ postmaster: Postmaster; origin: "started" | "adopted" }> {
  await createCluster(place);
  const running = await findPostmaster(place);
  if (running) return { postmaster: running, origin: "adopted" };
  const port = await choosePort(place);
  const postmaster = await startPostmaster(place, port, options.settings ?? {});
  await writeFile(join(place.folder, "server.json.new"), JSON.stringify({ port }));
  await rename(join(place.folder, "server.json.new"), join(place.folder, "server.json"));
  return { postmaster, origin: "started" };
}

/** Watches the server and starts it again on the same port, so that every URL handed out stays true. */
function keepAlive(
  place: Place,
  first: Postmaster,
  options: EmbeddedOptions,
): { pid(): number; stop(): Promise<void> } {
  let current = first;
  const stopping = new AbortController();
  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await pause(WATCH_MS, stopping.signal);
      if (stopping.signal.aborted || (await isAlive(place, current.pid))) continue;
      options.onNotice?.("PostgreSQL ended unexpectedly; starting it again.");
      current = (await restart(place, current, { ...options, signal: stopping.signal })) ?? current;
    }
  };
  const watching = watch();
  return {
    pid: () => current.pid,
    stop: async () => {
      stopping.abort();
      await watching;
      await stopPostmaster(place, current);
    },
  };
}

async function restart(
  place: Place,
  dead: Postmaster,
  options: EmbeddedOptions & { readonly signal: AbortSignal },
): Promise<Postmaster | undefined> {
  for (let tries = 0; !options.signal.aborted; tries++) {
    await pause(RESTART_PAUSES_MS[Math.min(tries, RESTART_PAUSES_MS.length - 1)] ?? 0, options.signal);
    try {
      return await withLock(join(place.folder, "starting"), async () => {
        // Another process of the same home may have been faster.
        return (
          (await findPostmaster(place)) ?? (await startPostmaster(place, dead.port, options.settings ?? {}))
        );
      });
    } catch (error) {
      options.onNotice?.(error instanceof Error ? error.message : String(error));
    }
  }
  return undefined;
}

/** The port of last time where it is free, so that bookmarks and notes stay true; else any free one. */
async function choosePort(place: Place): Promise<number> {
  const last = await lastPort(place);
  return (last === undefined ? undefined : await freePort(last)) ?? (await freePort(0)) ?? 0;
}

async function lastPort(place: Place): Promise<number | undefined> {
  try {
    const port = Number(JSON.parse(await readFile(join(place.folder, "server.json"), "utf8")).port);
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined; // the first start
  }
}

function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === "object" ? address.port : undefined));
    });
  });
}

/** Makes the database `seams` in a new cluster. */
async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url.replace(/\/seams$/, "/postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** Waits, or returns early when the signal fires. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined); // an abort is a reason to go on, not an error
}
