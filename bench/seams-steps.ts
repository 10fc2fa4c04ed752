// A contender: trains one net with this engine. `seams-steps.ts <net> <wasm|native> <program|eager>`, then a number of epochs a line.
import { createInterface } from "node:readline";
import { createEngine } from "../packages/engine/src/index";
import { materialFor } from "./material";
import { benchNets } from "./nets";

const [name, backend, form] = process.argv.slice(2);
const net = benchNets.find((one) => one.name === name);
if (
  net === undefined ||
  (backend !== "wasm" && backend !== "native") ||
  (form !== "program" && form !== "eager")
)
  throw new Error(`bench: no net ${String(name)} on ${String(backend)} in form ${String(form)}.`);
const engine = await createEngine({ backend, form });
const { state, arrays } = materialFor(net);
const stepper = await engine.stepper(net.spec, state);
stepper.bind(arrays);
const rows = Int32Array.from({ length: net.rows }, (_, row) => row);

const say = (words: object): void => void process.stdout.write(`${JSON.stringify(words)}\n`);
say({ ready: `${engine.info.version}, ${engine.info.kernels}` });
for await (const line of createInterface({ input: process.stdin })) {
  const epochs = Number(line);
  const before = process.cpuUsage();
  const started = performance.now();
  let losses: Float32Array = new Float32Array();
  for (let epoch = 0; epoch < epochs; epoch++) ({ losses } = await stepper.run(rows));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  const loss = losses.reduce((sum, value) => sum + value, 0) / losses.length;
  say({ samples: epochs * net.rows, seconds, cpuSeconds: (user + system) / 1e6, loss });
}
