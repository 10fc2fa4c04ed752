// `npm run bench -- [NAME…] [--peers tfjs,tfjs-node,keras,torch] [--json FILE] [--results FILE] [--seconds N] [--turns N]`
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { compileBench } from "./compile";
import { driveBench } from "./drive";
import { entriesFor, peerNames } from "./entries";
import { gridBenches } from "./grid";
import { benchNets } from "./nets";
import { race } from "./race";
import { resultsPage } from "./results";
import { lineOf, type Row } from "./rows";
import { startupBench } from "./startup";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    peers: { type: "string", default: peerNames.join() },
    json: { type: "string" },
    results: { type: "string" },
    seconds: { type: "string", default: "1" },
    turns: { type: "string", default: "5" },
  },
});
const peers = values.peers.split(",").filter((peer) => peer !== "");
const pace = { seconds: Number(values.seconds), turns: Number(values.turns) };

/** Nets of the design's table whose layers the product does not have. */
const missing: readonly (readonly [string, string])[] = [
  ["conv1d", "the product has no conv1d layer"],
  ["gru", "the product has no gru layer"],
  ["lstm", "the product has no lstm layer"],
  ["transformer", "the product has no attention layer"],
];

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  ...Object.fromEntries(
    benchNets.map((net) => [net.name, () => race(net, (folder) => entriesFor(net, folder, peers), pace)]),
  ),
  ...Object.fromEntries(
    missing.map(([bench, skipped]) => [bench, async () => [{ bench, who: "wasm-program", skipped }]]),
  ),
  compile: compileBench,
  drive: driveBench,
  ...gridBenches,
  startup: startupBench,
  page: async () => [
    { bench: "page", who: "seams", skipped: "the api's own test holds its bar: comparisons.db.test.ts" },
  ],
};

const names = positionals.length === 0 ? Object.keys(benches) : positionals;
const unknown = [
  ...names.filter((name) => !Object.hasOwn(benches, name)),
  ...peers.filter((peer) => !peerNames.includes(peer)),
];
if (unknown.length > 0 || !(pace.seconds > 0) || !(pace.turns >= 1)) {
  process.stderr.write(
    `Benches: ${Object.keys(benches).join(" ")}\nPeers: ${peerNames.join()}\nNot understood: ${unknown.join(" ") || "--seconds, --turns"}\n`,
  );
  process.exit(2);
}
const loadNow = (): number => loadavg()[0] ?? 0;
const before = loadNow();
const rows: Row[] = [];
for (const name of names) {
  for (const row of (await benches[name]?.()) ?? []) {
    rows.push(row);
    process.stdout.write(`${lineOf(row)}\n`);
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, undefined, 2)}\n`);
if (values.results !== undefined) {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(values.results, resultsPage(rows, { date, load: [before, loadNow()], ...pace }));
}
process.exit(rows.some(({ wrong }) => wrong !== undefined) ? 1 : 0);
