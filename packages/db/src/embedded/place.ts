import { createHash, randomBytes } from "node:crypto";
import {
  chmod,
  chown,
  cp,
  link,
  mkdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { findBinaries, type Binaries } from "./binaries";
import { closedFolder, serverIdentity, type Identity } from "./identity";

/** Where root keeps the data of homes that the server's user cannot reach. */
const FOR_CLOSED_HOMES = "/var/lib/seams";
const TRAVERSABLE = 0o711;
const PRIVATE_FILE = 0o600;

/** Everything about one home's server that lies on the disk. */
export interface Place {
  /** Holds `data`, `server.json`, and a copy of the programs where one is needed. */
  readonly folder: string;
  /** PostgreSQL's data folder. */
  readonly data: string;
  readonly binaries: Binaries;
  readonly identity: Identity | undefined;
  readonly password: string;
  /** The server's log, in the home. */
  readonly log: string;
}

/**
 * Prepares a home's folder for its server.
 *
 * Data lies in `home/db`. Root is the exception: the server then runs as an unprivileged user, who must be able to walk
 * to its data and its programs. A home that only root may enter is opened for walking through (mode 711: names stay
 * unreadable); if a folder above the home is closed, which is not ours to open (often /root, mode 700), the data lies
 * in /var/lib/seams/<hash of the home's path> instead: as durable as the home, and `home/db/location` says where.
 * Programs that the user cannot reach are copied beside the data.
 */
export async function preparePlace(home: string): Promise<Place> {
  const identity = serverIdentity();
  await mkdir(join(home, "logs"), { recursive: true });
  await mkdir(join(home, "db"), { recursive: true });
  const password = await readPassword(join(home, "db", "password"));
  const folder = identity ? await reachableFolder(home) : join(home, "db");
  const binaries = identity ? await reachableBinaries(folder, identity) : findBinaries();
  return {
    folder,
    data: join(folder, "data"),
    binaries,
    identity,
    password,
    log: join(home, "logs", "postgres.log"),
  };
}

async function readPassword(path: string): Promise<string> {
  if (!existsSync(path)) {
    const fresh = `${path}.${randomBytes(6).toString("hex")}`;
    await writeFile(fresh, randomBytes(24).toString("hex"), { mode: PRIVATE_FILE, flush: true });
    // A link, since it never replaces: of two that start at once, the first one's password stays.
    await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    await rm(fresh);
  }
  return (await readFile(path, "utf8")).trim();
}

async function reachableFolder(home: string): Promise<string> {
  const real = await realpath(home);
  const own = join(real, "db");
  if ((await closedFolder(dirname(real))) === undefined) {
    await openForWalking(real);
    await openForWalking(own);
    return own;
  }
  const elsewhere = join(FOR_CLOSED_HOMES, createHash("sha256").update(real).digest("hex").slice(0, 16));
  await mkdir(elsewhere, { recursive: true, mode: TRAVERSABLE });
  await openForWalking(FOR_CLOSED_HOMES);
  await openForWalking(elsewhere);
  await writeFile(join(own, "location"), `${elsewhere}\n`);
  return elsewhere;
}

async function openForWalking(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  if ((mode & 0o111) !== 0o111) await chmod(folder, (mode & 0o777) | 0o111);
}

async function reachableBinaries(folder: string, identity: Identity): Promise<Binaries> {
  const installed = findBinaries();
  if ((await closedFolder(join(await realpath(installed.folder), "bin"))) === undefined) return installed;
  const copy = { folder: join(folder, `postgres-${installed.version}`), version: installed.version };
  if (existsSync(copy.folder)) return copy;
  const unfinished = `${copy.folder}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await cp(installed.folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await chown(unfinished, identity.uid, identity.gid);
  await rename(unfinished, copy.folder);
  return copy;
}
