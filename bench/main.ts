// `npm run bench -- [NAME…] [--peers tfjs,tfjs-node,keras,torch] [--json FILE] [--results FILE] [--seconds N] [--turns N] [--seeds N]`
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { compileBench } from "./compile-everywhere";
import { setUp } from "../scripts/set-up.mjs";
import { driveBench } from "./drive";
import { entriesFor, peerNames } from "./entries";
import { gridBench, rerunBench } from "./grid";
import { benchNets } from "./nets";
import { memoryBench } from "./memory";
import { pageBench } from "./page";
import { predictionBench } from "./prediction";
import { race } from "./race";
import { resultsPage } from "./results";
import { rooflineBench } from "./roofline";
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
    seeds: { type: "string", default: "5" },
  },
});
const peers = values.peers.split(",").filter((peer) => peer !== "");
const pace = { seconds: Number(values.seconds), turns: Number(values.turns) };
// Fewer seeds than the bar is for are for trying out.
const grid = { seeds: Number(values.seeds), peers };

const benches: Readonly<Record<string, () => Promise<readonly Row[]>>> = {
  ...Object.fromEntries(
    benchNets.map((net) => [net.name, () => race(net, (folder) => entriesFor(net, folder, peers), pace)]),
  ),
  compile: compileBench,
  drive: driveBench,
  grid: () => gridBench(grid),
  rerun: () => rerunBench(grid),
  startup: startupBench,
  memory: memoryBench,
  prediction: predictionBench,
  roofline: rooflineBench,
  page: pageBench,
};

// What is measured is what people start.
process.env["SEAMS_BUNDLES"] = await setUp();

const names = positionals.length === 0 ? Object.keys(benches) : positionals;
const unknown = [
  ...names.filter((name) => !Object.hasOwn(benches, name)),
  ...peers.filter((peer) => !peerNames.includes(peer)),
];
if (unknown.length > 0 || !(pace.seconds > 0) || !(pace.turns >= 1) || !(grid.seeds >= 1)) {
  process.stderr.write(
    `Benches: ${Object.keys(benches).join(" ")}\nPeers: ${peerNames.join()}\nNot understood: ${unknown.join(" ") || "--seconds, --turns, --seeds"}\n`,
  );
  process.exit(2);
}
/** A bench that fails says why, and takes no other with it. */
async function rowsOf(name: string): Promise<readonly Row[]> {
  try {
    return (await benches[name]?.()) ?? [];
  } catch (error) {
    return [{ bench: name, who: "seams", wrong: error instanceof Error ? error.message : String(error) }];
  }
}

const loadNow = (): number => loadavg()[0] ?? 0;
const before = loadNow();
const rows: Row[] = [];
for (const name of names) {
  for (const row of await rowsOf(name)) {
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
