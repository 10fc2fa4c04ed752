// Every check that isn't a test: format, types, rules, arrows, unused code, workspace hygiene, generated docs.
import { pathToFileURL } from "node:url";
import { bin, run } from "./run.mjs";
import { setUp } from "./set-up.mjs";

const CACHE = "node_modules/.cache/eslint/";
const CHECKS = [
  ["format", bin("biome"), ["format", "."]],
  [
    "types",
    bin("turbo"),
    ["run", "typecheck", "--continue", "--concurrency=100%", "--output-logs=errors-only"],
  ],
  ["rules", bin("eslint"), [".", "--max-warnings=0", "--cache", "--cache-location", CACHE]],
  ["arrows", bin("depcruise"), ["packages", "apps", "--config", ".dependency-cruiser.cjs"]],
  ["unused code", bin("knip"), ["--no-progress"]],
  ["workspace", bin("sherif"), ["--no-install"]],
  ["generated docs", process.execPath, ["--import", "tsx", "scripts/generate-docs.ts", "--check"]],
];

/** Runs all checks, or one by its name; counts how many pass and names those that fail. */
export async function lint(only) {
  const counts = { passed: 0, failed: 0, failures: [] };
  for (const [name, command, args] of CHECKS.filter(([name]) => only === undefined || name === only)) {
    const started = performance.now();
    const isFine = (await run(command, args)) === 0;
    counts[isFine ? "passed" : "failed"]++;
    if (!isFine) counts.failures.push(`lint: ${name}`);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${isFine ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`);
  }
  return counts;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await setUp();
  const { passed, failed } = await lint(process.argv[2]);
  if (passed + failed === 0) process.stderr.write(`Checks: ${CHECKS.map(([name]) => name).join(", ")}\n`);
  process.exit(failed === 0 && passed > 0 ? 0 : 1);
}
