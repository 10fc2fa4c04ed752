// Generates the Prisma client where it is missing or older than the schema.
//
// Prisma 7 wants to download a schema engine before it generates anything, although generating needs none.
// Naming any file as that engine keeps it off the network; migrations never go through it (src/migrate.ts).
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const STAMP = join(PACKAGE, "generated/stamp");
const QUIET = { CHECKPOINT_DISABLE: "1", DO_NOT_TRACK: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" };

const hash = createHash("sha256");
for (const file of ["prisma/schema.prisma", "node_modules/prisma/package.json"])
  hash.update(readFileSync(join(PACKAGE, file)));
const wanted = hash.digest("hex");

if (
  existsSync(STAMP) &&
  readFileSync(STAMP, "utf8") === wanted &&
  existsSync(join(PACKAGE, "generated/prisma/client.ts"))
)
  process.exit(0);

const prisma = spawn(process.execPath, [join(PACKAGE, "node_modules/prisma/build/index.js"), "generate"], {
  cwd: PACKAGE,
  stdio: ["ignore", "inherit", "inherit"],
  env: {
    ...process.env,
    ...QUIET,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? join(PACKAGE, "package.json"),
  },
});
prisma.on("exit", (code) => {
  if (code === 0) {
    mkdirSync(join(PACKAGE, "generated"), { recursive: true });
    writeFileSync(STAMP, wanted);
  }
  process.exit(code ?? 1);
});
