import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundlesFolder } from "./env";

/** What a process of ours is started from. */
export interface Program {
  readonly path: string;
  /** Of Node, before the path. No text ever becomes code in a process that reads what people send. */
  readonly flags: readonly string[];
}

/**
 * A program by its source: its bundle where SEAMS_BUNDLES says that there are some, which `./seams` and the test command
 * make from the sources as they are; else the source itself, read by tsx. `scripts/bundle.mjs` lists the bundles.
 */
export function programAt(source: URL): Program {
  const strict = "--disallow-code-generation-from-strings";
  const folder = bundlesFolder();
  const [, name] = /\/((?:apps|packages)\/[^/]+\/src\/.*)\.ts$/.exec(source.pathname) ?? [];
  if (folder !== undefined && name !== undefined) {
    const bundle = join(folder, `${name.replaceAll("/", "-")}.mjs`);
    if (existsSync(bundle)) return { path: bundle, flags: [strict] };
  }
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  return { path: fileURLToPath(source), flags: [strict, "--import", tsx] };
}
