import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import {
  deployMigrations,
  type ExperimentRow,
  type FindingTexts,
  openDatabase,
  startEmbeddedPostgres,
} from "@seams/db";
import { openCalibrationLog } from "@seams/runner";
import { compareTrials, resultOfLab } from "./compare-trials";
import { startFindingKeeper } from "./finding-keeper";
import { stateToKeep } from "./experiment-state";
import { createFindings } from "./findings";
import { buildServer } from "./http/server";
import { openImportDesk } from "./imports/import-desk";
import { createLibrary } from "./library/problem-library";
import { createBroadcaster } from "./live/broadcaster";
import type { Services } from "./services";
import { startSupervisor, type Supervisor } from "./supervisor";
import { openTracingDesk } from "./tracing/tracing-desk";

const DEFAULT_WORKER_MEGABYTES = 2_048;

/** How the API is started. */
export interface ApiOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Port of the web app, whose pages may call. */
  readonly webPort?: number | undefined;
  readonly allowedHosts?: readonly string[];
  readonly accessToken?: string | undefined;
  /** A PostgreSQL of the owner's; absent: the embedded one, with its data in the home. */
  readonly databaseUrl?: string | undefined;
  /** SEAMS_HOME */
  readonly home: string;
  /** Worker processes; 0: trials wait for workers elsewhere. */
  readonly workers: number;
  readonly workerMegabytes?: number;
  readonly stalledAfterMs?: number;
  /** Names this program, down to its sources: what it finds is kept for its later processes. Absent: nothing is kept. */
  readonly program?: string | undefined;
  /** Is told, in a sentence, what a person reading the log would want to know. */
  readonly onNotice?: (words: string) => void;
}

/** A running API. */
export interface Api {
  readonly url: string;
  readonly port: number;
  /** Stops in order: workers hand back their trials, streams end, the database closes. */
  close(): Promise<void>;
}

/** Starts the database, the workers and the server. What was already started is stopped again when a later part fails. */
export async function startApi(options: ApiOptions): Promise<Api> {
  const notice = options.onNotice ?? (() => undefined);
  const { program } = options;
  const stops: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
  };
  try {
    await mkdir(options.home, { recursive: true });
    const databaseUrl = options.databaseUrl ?? (await embedded(options.home, notice, stops));
    await deployMigrations(databaseUrl);
    const database = await openDatabase({
      url: databaseUrl,
      role: "keeper",
      connections: 12,
      onNotice: notice,
    });
    stops.push(database.close);
    const live = await createBroadcaster(database, notice);
    const library = createLibrary(database, options.home);
    const imports = await openImportDesk(options.home);
    stops.push(imports.close);
    const tracing = openTracingDesk();
    stops.push(tracing.close);
    let supervisor: Supervisor | undefined;
    const services: Services = {
      database,
      library,
      imports,
      tracing,
      calibration: openCalibrationLog(options.home),
      live,
      home: options.home,
      program,
      comparisons: createFindings((experiment) => compareTrials(database, library, experiment)),
      labs: createFindings((experiment) => resultOfLab(database, library, experiment)),
      workers: () => supervisor?.status() ?? [],
      startedAt: new Date(),
    };
    const server = buildServer(services, {
      host: options.host,
      webPort: options.webPort,
      allowedHosts: options.allowedHosts ?? [],
      accessToken: options.accessToken,
      log: (where, error) =>
        notice(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port, options.host, () => resolve((server.address() as AddressInfo).port)); // a TCP server has an address
    });
    stops.push(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      await live.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 2_000).unref();
      await closed;
    });
    if (options.workers > 0) {
      supervisor = await startSupervisor({
        database,
        home: options.home,
        workers: options.workers,
        workerMegabytes: options.workerMegabytes ?? DEFAULT_WORKER_MEGABYTES,
        ...(options.stalledAfterMs === undefined ? {} : { stalledAfterMs: options.stalledAfterMs }),
        onNotice: notice,
      });
      stops.push(supervisor.close);
    }
    if (program !== undefined) {
      const find = (experiment: ExperimentRow): Promise<FindingTexts | undefined> =>
        stateToKeep(services, experiment);
      stops.push(startFindingKeeper({ database, program, find, onNotice: notice }).close);
    }
    const host = options.host.includes(":") ? `[${options.host}]` : options.host;
    return { url: `http://${host}:${port}`, port, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function embedded(
  home: string,
  onNotice: (words: string) => void,
  stops: (() => Promise<void>)[],
): Promise<string> {
  const server = await startEmbeddedPostgres({ home, onNotice });
  stops.push(server.stop);
  return server.url;
}
