import { randomUUID } from "node:crypto";
import { Client } from "pg";

/** Name of the migrated database that tests copy. */
export const TEMPLATE = "seams_template";

/** The URL of another database on the same server. */
export function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

/** A database of one test file's own, empty and migrated. */
export async function copyTemplate(server: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await run(server, `create database ${name} template ${TEMPLATE}`);
  return { url: urlOf(server, name), drop: () => run(server, `drop database ${name} with (force)`) };
}

/** Cuts every connection of a database and lets none in; returns how to let them in again. */
export async function shutDatabase(url: string): Promise<() => Promise<void>> {
  const server = urlOf(url, "postgres");
  const name = new URL(url).pathname.slice(1);
  await run(server, `alter database "${name}" allow_connections false`);
  await run(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  return () => run(server, `alter database "${name}" allow_connections true`);
}

async function run(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
