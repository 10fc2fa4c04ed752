import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, type GraphDocument } from "../packages/core/src/index";
import { openProblem, residentMb, runGrid } from "../packages/runner/src/index";
import type { Row } from "./rows";

const IMAGES = 20_000;
const SIDE = 32;
const CHANNELS = 3;

/** The most memory that a worker holds while it learns from 20,000 colour images of 32 × 32, all of them. */
export async function memoryBench(): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), "seams-bench-"));
  try {
    const folder = join(home, "images");
    mkdirSync(folder);
    writeImages(folder);
    const { value: problem, diagnostics } = await openProblem(folder);
    if (problem === undefined)
      throw new Error(`bench: ${diagnostics.map(({ message }) => message).join("; ")}`);
    const { plan, diagnostics: found } = compile(readsImages, { problem: problem.schema });
    if (plan === undefined) throw new Error(`bench: ${found.map(({ message }) => message).join("; ")}`);
    let pid = 0;
    let megabytes = 0;
    const look = (): void => void residentMb(pid).then((now = 0) => (megabytes = Math.max(megabytes, now)));
    const looking = setInterval(look, 50);
    const started = performance.now();
    const trials = await runGrid({
      problem,
      pipelines: [{ id: "images", plan }],
      budgets: [IMAGES - 2000],
      seeds: [1],
      home: join(home, "home"),
      workers: 1,
      backend: { backend: "wasm", because: "the bar is for wasm" },
      signal: new AbortController().signal,
      onWorker: (of) => (pid = of),
      onEvent: () => undefined,
    });
    clearInterval(looking);
    const seconds = (performance.now() - started) / 1000;
    const end = trials[0]?.end;
    if (end?.is !== "done") throw new Error(`bench: the trial ended as ${JSON.stringify(end)}.`);
    return [{ bench: "memory", who: "20,000 images", seconds, ...(megabytes > 0 ? { megabytes } : {}) }];
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** A problem folder: an array of bytes, and a label that one pixel tells. */
function writeImages(folder: string): void {
  const bytes = new Uint8Array(IMAGES * SIDE * SIDE * CHANNELS);
  let word = 1;
  for (let at = 0; at < bytes.length; at++) {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0; // Numerical Recipes' linear congruential generator
    bytes[at] = word >>> 24;
  }
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${IMAGES}, ${SIDE}, ${SIDE}, ${CHANNELS}), }`;
  const padded = `${header.padEnd(117)}\n`;
  const magic = Uint8Array.from([0x93, ...Buffer.from("NUMPY"), 1, 0, padded.length, 0]);
  writeFileSync(join(folder, "picture.npy"), Buffer.concat([magic, Buffer.from(padded), bytes]));
  const lines = Array.from({ length: IMAGES }, (_, row) => {
    const light = bytes[row * SIDE * SIDE * CHANNELS] ?? 0;
    const split = row < IMAGES - 2000 ? "train" : row < IMAGES - 1000 ? "validation" : "test";
    return JSON.stringify({ kind: light > 127 ? "light" : "dark", split });
  });
  writeFileSync(join(folder, "records.jsonl"), `${lines.join("\n")}\n`);
  writeFileSync(
    join(folder, "problem.json"),
    JSON.stringify({
      format: 1,
      name: "images",
      fields: {
        picture: { is: "image", heightPx: SIDE, widthPx: SIDE, channels: CHANNELS },
        kind: { is: "label", classes: ["dark", "light"] },
      },
      input: ["picture"],
      target: ["kind"],
      metric: "accuracy",
      split: { column: "split" },
    }),
  );
}

const readsImages: GraphDocument = {
  format: 1,
  title: "Reads images",
  problem: "images",
  stages: {
    picture: { kind: "field", params: { field: "picture" } },
    net: { kind: "conv-net", params: { label: "kind", filters: [8, 16], steps: 300, patience: 0 } },
    kind: { kind: "answer", params: { field: "kind" } },
  },
  links: [
    { from: "picture.value", to: "net.input" },
    { from: "net.output", to: "kind.value" },
  ],
};
