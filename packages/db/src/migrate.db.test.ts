import { inject, expect, it } from "vitest";
import { Client } from "pg";
import { deployMigrations } from "./migrate";
import { copyTemplate } from "./testing";
import { diffToSchema } from "../test/schema-engine";

it("leads by its migrations to what the schema says", async () => {
  const copy = await copyTemplate(inject("postgresUrl"));
  expect(await diffToSchema(copy.url)).toBeUndefined();
  await copy.drop();
});

it("sees a table that the schema doesn't have", async () => {
  const copy = await copyTemplate(inject("postgresUrl"));
  await query(copy.url, "create table surplus (id int primary key)");
  expect(await diffToSchema(copy.url)).toContain('DROP TABLE "surplus"');
  await copy.drop();
});

it("applies nothing twice, and refuses what was changed or is unknown", async () => {
  const copy = await copyTemplate(inject("postgresUrl"));
  expect(await deployMigrations(copy.url)).toEqual([]);
  await query(copy.url, "update _prisma_migrations set checksum = 'another'");
  await expect(deployMigrations(copy.url)).rejects.toThrow("was changed");
  await query(copy.url, "update _prisma_migrations set migration_name = '99990101000000_future'");
  await expect(deployMigrations(copy.url)).rejects.toThrow("Update Seams");
  await copy.drop();
});

it("lets several processes migrate one new database at once", async () => {
  const copy = await copyTemplate(inject("postgresUrl"));
  await query(copy.url, "drop schema public cascade; create schema public");
  const applied = await Promise.all(Array.from({ length: 4 }, () => deployMigrations(copy.url)));
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  await copy.drop();
});

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
