// `npm run bench:peers`: installs what the bench compares with, into a folder of its own under node_modules.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../node_modules/.seams/bench-peers/", import.meta.url));
const PYTHON = `${FOLDER}python`;
const NODE = `${FOLDER}node`;
const TFJS = ["@tensorflow/tfjs@4.22.0", "@tensorflow/tfjs-backend-wasm@4.22.0"];

const run = (command, args, options = {}) => {
  process.stdout.write(`${command} ${args.join(" ")}\n`);
  return spawnSync(command, args, { stdio: "inherit", ...options }).status === 0;
};

/** Each part by itself: what cannot be installed is skipped by the bench, with a word. */
const parts = {
  tfjs: () => run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...TFJS], { cwd: NODE }),
  "tfjs-node": () =>
    run(process.execPath, [
      fileURLToPath(new URL("../../packages/engine/native/install.mjs", import.meta.url)),
    ]),
  "keras and torch": () =>
    run(process.env.SEAMS_PYTHON ?? "python3", ["-m", "venv", PYTHON]) &&
    run(`${PYTHON}/bin/pip`, ["install", "-q", "numpy", "tensorflow-cpu==2.21.0", "torch==2.15.0"]),
};

mkdirSync(NODE, { recursive: true });
writeFileSync(`${NODE}/package.json`, '{ "name": "bench-peers", "private": true }\n');
for (const [name, install] of Object.entries(parts))
  process.stdout.write(`${name}: ${install() ? "installed" : "not installed"}\n`);
