import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { seed, stream } from "../packages/core/src/index";
import { initialState, type ResidentArray, type StepperState } from "../packages/core/src/train/index";
import type { BenchNet } from "./nets";

/** What every contender trains on: the same first weights, records and labels. */
export interface Material {
  readonly state: StepperState;
  readonly arrays: Readonly<Record<string, ResidentArray>>;
}

/** Seeded inputs and labels, and the usual first weights. */
export function materialFor({ spec, rows }: BenchNet): Material {
  const random = stream(seed(7), "bench");
  const arrays: Record<string, ResidentArray> = {};
  const add = (name: string, shape: readonly number[], next: () => number): void => {
    const size = shape.reduce((product, side) => product * side, 1);
    arrays[name] = { rows, shape, data: Float32Array.from({ length: rows * size }, next) };
  };
  for (const [name, shape] of Object.entries(spec.network.inputs)) add(name, shape, () => random.normal());
  for (const { target, mask, loss, slots, width, share } of spec.losses) {
    const isSoftmax = loss === "softmax-cross-entropy";
    const next = isSoftmax ? () => random.integer(width) : () => random.integer(2);
    add(target, [isSoftmax ? slots : slots * width], next);
    add(mask, [slots], () => (random.uniform() < share ? 1 : 0));
  }
  return { state: initialState(spec.network, seed(7), (id) => id), arrays };
}

/** Writes it for contenders in other processes: `net.json` beside one file of little-endian floats per array. */
export function writeMaterial(net: BenchNet, folder: string): void {
  const { state, arrays } = materialFor(net);
  const files: Record<string, { readonly file: string; readonly shape: readonly number[] }> = {};
  const put = (name: string, shape: readonly number[], data: Float32Array): void => {
    const file = `${Object.keys(files).length}.f32`;
    writeFileSync(join(folder, file), data);
    files[name] = { file, shape };
  };
  for (const [name, { rows, shape, data }] of Object.entries(arrays)) put(name, [rows, ...shape], data);
  for (const [name, { shape, data }] of Object.entries(state.arrays)) put(name, shape, data);
  const { network, optimiser, batchSize } = net.spec;
  const about = { name: net.name, rows: net.rows, batchSize, learningRate: optimiser.learningRate };
  writeFileSync(join(folder, "net.json"), JSON.stringify({ ...about, network, files }));
}
