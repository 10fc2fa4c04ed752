import { chown, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { program } from "./binaries";
import type { Place } from "./place";

/** The role that owns everything. */
export const SUPERUSER = "seams";

/** What PostgreSQL's programs see of our environment: enough to run, nothing that changes what they do. */
// NODE_ENV means nothing to PostgreSQL: where Next's types are around, an environment must have it.
export const SERVER_ENVIRONMENT: NodeJS.ProcessEnv = { LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" };

/**
 * Makes the data folder with initdb, unless it is there. It gets its name only when it is complete, so a power cut in
 * the middle leaves nothing that looks like a database.
 */
export async function createCluster(place: Place): Promise<void> {
  if (existsSync(join(place.data, "PG_VERSION"))) return;
  const unfinished = `${place.data}.new`;
  const passwordFile = `${place.data}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await writeFile(passwordFile, place.password, { mode: 0o600 });
  if (place.identity) {
    await chown(unfinished, place.identity.uid, place.identity.gid);
    await chown(passwordFile, place.identity.uid, place.identity.gid);
  }
  try {
    await initdb(place, [
      "--pgdata",
      unfinished,
      "--username",
      SUPERUSER,
      "--auth",
      "scram-sha-256",
      "--pwfile",
      passwordFile,
      "--encoding",
      "UTF8",
      "--locale",
      "C",
      "--no-instructions",
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.data);
}

function initdb(place: Place, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program(place.binaries, "initdb"), args, {
      cwd: place.folder,
      env: SERVER_ENVIRONMENT,
      stdio: ["ignore", "pipe", "pipe"],
      ...place.identity,
    });
    let words = "";
    child.stdout.on("data", (chunk: Buffer) => (words += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (words += chunk.toString()));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}:\n${words}`)),
    );
  });
}
