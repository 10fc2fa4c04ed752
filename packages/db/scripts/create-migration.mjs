// Writes the migration that leads from the committed ones to schema.prisma: node --import tsx scripts/create-migration.mjs NAME
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "../src/embedded/embedded-postgres.ts";
import { deployMigrations } from "../src/migrate.ts";
import { diffToSchema } from "../test/schema-engine.ts";

const name = process.argv[2];
if (!/^[a-z][a-z0-9_]*$/.test(name ?? "")) {
  process.stderr.write("Usage: node --import tsx scripts/create-migration.mjs what_changes\n");
  process.exit(2);
}
const home = await mkdtemp(join(tmpdir(), "seams-migration-"));
const server = await startEmbeddedPostgres({ home, settings: { fsync: "off" } });
try {
  await deployMigrations(server.url);
  const sql = await diffToSchema(server.url);
  if (sql === undefined) {
    process.stdout.write("The migrations already lead to the schema.\n");
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
    const folder = fileURLToPath(new URL(`../prisma/migrations/${stamp}_${name}/`, import.meta.url));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "migration.sql"), sql);
    process.stdout.write(`${folder}migration.sql\n`);
  }
} finally {
  await server.stop();
  await rm(home, { recursive: true, force: true });
}
