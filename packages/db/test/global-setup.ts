import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { deployMigrations, openDatabase, startEmbeddedPostgres } from "../src/index";
import { TEMPLATE, urlOf } from "../src/testing";

/** One PostgreSQL for the whole run, on a disk that need not survive it, with a migrated database to copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), "seams-db-tests-"));
  const server = await startEmbeddedPostgres({
    home,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" },
  });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const template = urlOf(server.url, TEMPLATE);
  await deployMigrations(template);
  await (await openDatabase({ url: template, role: "keeper" })).close(); // makes the queue's tables
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  };
}
