/// <reference lib="dom" />
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { Pool, type QueryResult } from "pg";

/** The module's glue; the setter is not in its types. */
interface Glue {
  readonly SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** The schema that migrations must lead to. */
export const SCHEMA_PATH = fileURLToPath(new URL("../prisma/schema.prisma", import.meta.url));

/**
 * SQL that turns the database at `url` into what schema.prisma says; `undefined` when it is that already.
 *
 * Prisma's schema engine as WebAssembly: the native one would have to be downloaded. Its own door expects a bundler,
 * so the module is instantiated by hand.
 */
export async function diffToSchema(url: string): Promise<string | undefined> {
  loaded ??= loadEngine();
  const glue = await loaded;
  const content = await readFile(SCHEMA_PATH, "utf8");
  const files = [{ path: SCHEMA_PATH, content }];
  const pool = new TextPool({ connectionString: url });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await glue.SchemaEngine.new(
    { datamodels: [[SCHEMA_PATH, content]] },
    () => undefined,
    adapter,
  );
  try {
    const found = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: dirname(SCHEMA_PATH) },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return found.exitCode === 0 ? undefined : (found.stdout ?? "");
  } finally {
    engine.free();
    await pool.end();
  }
}

let loaded: Promise<Glue> | undefined;

/** Once a process: the module keeps state between calls. */
async function loadEngine(): Promise<Glue> {
  const folder = dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm"));
  const glue = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as Glue; // the setter is not in its types
  const { instance } = await WebAssembly.instantiate(await readFile(join(folder, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": { ...glue },
  });
  glue.__wbg_set_wasm(instance.exports);
  // Where a panic of the engine leaves its words; without it the panic hides behind a TypeError.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (words: string) => process.stderr.write(`${words}\n`) },
  });
  (instance.exports["__wbindgen_start"] as () => void)(); // wasm-bindgen's own entry
  return glue;
}

const CATALOGUE_CHAR = 18;
const TEXT = 25;

/** Describing a schema reads columns of the catalogues' type "char", which the adapter doesn't know; as text it does. */
class TextPool extends Pool {
  // The adapter calls query with one statement and its values; the other overloads stay as they are.
  override query = (async (...args: Parameters<Pool["query"]>) => {
    const result: QueryResult = await (super.query(...args) as unknown as Promise<QueryResult>);
    for (const field of result.fields) if (field.dataTypeID === CATALOGUE_CHAR) field.dataTypeID = TEXT;
    return result;
  }) as unknown as Pool["query"];
}
