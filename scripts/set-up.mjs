// What a fresh clone still lacks, done once and quietly: dependencies, what is generated, bundles, the built web app.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { childEnvironment, ROOT } from "./run.mjs";

const STAMPS = join(ROOT, "node_modules", ".seams");
/** Sources of everything that runs as a process of its own, but for the web app. */
const SOURCES = ["core", "db", "engine", "problems", "runner"].map((name) => `packages/${name}`);

/**
 * Installs dependencies, generates the database client and the engine's kernels and bundles our processes, where these
 * are missing or older than what they come from. Resolves to the folder of the bundles.
 */
export async function setUp() {
  requireNode();
  await once(
    "install",
    hashOf(["pnpm-lock.yaml", "pnpm-workspace.yaml"]),
    "Installing dependencies",
    async () => {
      await quietly("npx", ["--yes", pnpmVersion(), "install", "--frozen-lockfile", "--prefer-offline"]);
    },
  );
  await once(
    "generate",
    hashOf(["packages/db/prisma/schema.prisma", "pnpm-lock.yaml"]),
    "Generating the database client",
    async () => {
      await quietly(process.execPath, ["scripts/generate.mjs"], join(ROOT, "packages/db"));
    },
  );
  await once(
    "kernels",
    hashOf(["pnpm-lock.yaml", ...sourceFiles("packages/engine/assembly")]),
    "Compiling the engine's kernels",
    async () => {
      await quietly(process.execPath, ["assembly/build.mjs"], join(ROOT, "packages/engine"));
    },
  );
  return bundles();
}

async function bundles() {
  const sources = [...SOURCES, "apps/api", "apps/cli"].flatMap(sourceFiles);
  const key = hashOf(
    ["pnpm-lock.yaml", "scripts/bundle.mjs", "packages/db/prisma/schema.prisma", ...sources],
    ROOT,
  );
  const { bundle, bundleFolder } = await import("./bundle.mjs");
  if (!existsSync(bundleFolder(key))) {
    process.stderr.write("Bundling our processes …\n");
    await bundle(key);
  }
  return bundleFolder(key);
}

/** Builds the web app where its sources are newer than the last build. */
export async function buildWeb() {
  const sources = ["apps/web", "packages/ui", "packages/core", "packages/problems", "apps/api/src"];
  await once(
    "web",
    hashOf(["pnpm-lock.yaml", ...sources.flatMap(sourceFiles)]),
    "Building the web app (about a minute, once)",
    async () => {
      const app = join(ROOT, "apps/web");
      await quietly(join(app, "node_modules/.bin/next"), ["build"], app);
      // The standalone server leaves its static files to whoever deploys it.
      const standalone = join(app, ".next/standalone/apps/web");
      for (const [from, to] of [
        [".next/static", ".next/static"],
        ["public", "public"],
      ])
        if (existsSync(join(app, from))) cpSync(join(app, from), join(standalone, to), { recursive: true });
    },
  );
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Seams needs Node 20.19 or newer; this is ${process.version}.\n`);
  process.exit(1);
}

const pnpmVersion = () => JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).packageManager;

/** Does a piece of work unless its stamp says that the same inputs were done before. */
async function once(name, key, words, work) {
  const stamp = join(STAMPS, name);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === key) return;
  process.stderr.write(`${words} …\n`);
  await work();
  mkdirSync(STAMPS, { recursive: true });
  writeFileSync(stamp, key);
}

/** Runs a command whose output only matters when it fails. */
function quietly(command, args, cwd = ROOT) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: childEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => stop(`${command}: ${error.message}`));
    child.on("exit", (code) =>
      code === 0 ? resolve() : stop(`${output}\n${command} ${args.join(" ")} ended with ${code}`),
    );
  });
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Of files by their paths and bytes, and of some words beside. */
function hashOf(files, words = "") {
  const hash = createHash("sha256").update(words);
  for (const file of files) {
    hash.update(file);
    const path = join(ROOT, file);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** Source files below a folder, without what is generated, installed or a test. */
function sourceFiles(folder) {
  const found = [];
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    if (/^(node_modules|generated|test|data|\.next|\.turbo)$/.test(entry.name)) continue;
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...sourceFiles(path));
    else if (
      /\.(ts|tsx|css|json|mjs)$/.test(entry.name) &&
      !/\.test\.|next-env|tsbuildinfo/.test(entry.name) &&
      statSync(join(ROOT, path)).size < 2e6
    )
      found.push(path);
  }
  return found.sort();
}
