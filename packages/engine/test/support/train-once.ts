// A process of its own that trains: `train-once.ts <form> <backend> <net> [<part> <state file>]`. Prints what came of it.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { seed } from "@seams/core";
import { type Engine, initialState, type StepperState } from "@seams/core/train";
import { createEngine } from "../../src/index";
import { arraysFor, lossOn, smallConv, someRows, specOf, twoHeads, twoLosses } from "./nets";

const STEPS = 20;

/** The specs that the determinism tests train. */
const specs = {
  dense: specOf(twoHeads, twoLosses),
  conv: specOf(smallConv, [lossOn("y", { width: 4 })]),
};

/** Trains steps `from`…`to` and gives the state after them. */
async function train(
  engine: Engine,
  net: keyof typeof specs,
  span: { from: number; to: number; state?: StepperState },
): Promise<StepperState> {
  const spec = specs[net];
  const stepper = await engine.stepper(spec, span.state ?? initialState(spec.network, seed(11), (id) => id));
  stepper.bind(arraysFor(spec));
  const rows = someRows(STEPS * spec.batchSize);
  await stepper.run(rows.subarray(span.from * spec.batchSize, span.to * spec.batchSize));
  return stepper.read();
}

/** sha-256 over every name and byte of a state. */
function hashOf(state: StepperState): string {
  const hash = createHash("sha256").update(String(state.steps));
  for (const name of Object.keys(state.arrays).sort()) hash.update(name).update(state.arrays[name]!.data);
  return hash.digest("hex");
}

interface Stored {
  readonly steps: number;
  readonly arrays: Record<string, { readonly shape: number[]; readonly base64: string }>;
}

function store(path: string, state: StepperState): void {
  const arrays = Object.fromEntries(
    Object.entries(state.arrays).map(([name, { shape, data }]) => {
      const base64 = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
      return [name, { shape: [...shape], base64 }];
    }),
  );
  writeFileSync(path, JSON.stringify({ steps: state.steps, arrays } satisfies Stored));
}

function recall(path: string): StepperState {
  const stored = JSON.parse(readFileSync(path, "utf8")) as Stored; // written by `store` just before
  const arrays = Object.fromEntries(
    Object.entries(stored.arrays).map(([name, { shape, base64 }]) => {
      const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
      return [name, { shape, data: new Float32Array(bytes.buffer) }];
    }),
  );
  return { steps: stored.steps, arrays };
}

const [form, backend, net, part = "whole", path = ""] = process.argv.slice(2) as [
  "program" | "eager",
  "cpu" | "wasm",
  keyof typeof specs,
  string?,
  string?,
];
const spans = {
  whole: () => ({ from: 0, to: STEPS }),
  first: () => ({ from: 0, to: 7 }),
  rest: () => ({ from: 7, to: STEPS, state: recall(path) }),
};
const state = await train(await createEngine({ form, backend }), net, spans[part as keyof typeof spans]());
if (part === "first") store(path, state);
process.stdout.write(JSON.stringify({ hash: hashOf(state), steps: state.steps }));
