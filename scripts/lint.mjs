// Every check that isn't a test: format, types, rules, arrows, unused code, workspace hygiene, generated docs.
import { bin, run } from "./run.mjs";
import { setUp } from "./set-up.mjs";

const checks = [
  ["format", bin("biome"), ["format", "."]],
  ["types", bin("turbo"), ["run", "typecheck", "--output-logs=errors-only"]],
  [
    "rules",
    bin("eslint"),
    [".", "--max-warnings=0", "--cache", "--cache-location", "node_modules/.cache/eslint/"],
  ],
  ["arrows", bin("depcruise"), ["packages", "apps", "--config", ".dependency-cruiser.cjs"]],
  ["unused code", bin("knip"), ["--no-progress"]],
  ["workspace", bin("sherif"), ["--no-install"]],
  ["generated docs", process.execPath, ["--import", "tsx", "scripts/generate-docs.ts", "--check"]],
];

await setUp();
const only = process.argv[2];
let failed = 0;
for (const [name, command, args] of checks.filter(([name]) => only === undefined || name === only)) {
  const started = performance.now();
  const code = await run(command, args, {
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)\n`);
  if (code !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
