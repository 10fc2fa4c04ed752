import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";

const MIGRATIONS = fileURLToPath(new URL("../prisma/migrations/", import.meta.url));
/** The lock that Prisma's own migration commands take, so that neither runs while the other does. */
const PRISMA_LOCK = 72_707_369;
/** Prisma's bookkeeping table, as its engine makes it: `prisma migrate` can take over at any time. */
const BOOKKEEPING = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** One committed migration. */
interface Migration {
  readonly name: string;
  readonly sql: string;
  /** sha-256 of the file, as Prisma computes it. */
  readonly checksum: string;
}

/**
 * Brings a database up to the newest migration, each in a transaction of its own; returns the names that were applied.
 * Several processes may call it at once. Works offline: Prisma's engine is not involved.
 * @throws Error when a migration that was applied is not the one committed now, or is unknown to this version
 */
export async function deployMigrations(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url, application_name: "seams migrations" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(BOOKKEEPING);
    const known = await readMigrations();
    const applied = await readApplied(client);
    refuseForeign(known, applied);
    const missing = known.filter((migration) => !applied.has(migration.name));
    for (const migration of missing) await apply(client, migration);
    return missing.map((migration) => migration.name);
  } finally {
    await client.end(); // the lock goes with the session
  }
}

async function readMigrations(): Promise<readonly Migration[]> {
  const folders = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders.map((entry) => entry.name).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(MIGRATIONS, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function readApplied(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null",
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function refuseForeign(known: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const checksums = new Map(known.map((migration) => [migration.name, migration.checksum]));
  for (const [name, checksum] of applied) {
    if (!checksums.has(name)) {
      throw new Error(
        `The database has the migration ${name}, which this version of Seams doesn't know. Update Seams.`,
      );
    }
    if (checksums.get(name) !== checksum) {
      throw new Error(`The migration ${name} was changed after it had been applied to this database.`);
    }
  }
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}
