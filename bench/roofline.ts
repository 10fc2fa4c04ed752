import { networkFacts } from "../packages/core/src/index";
import type { Stepper } from "../packages/core/src/train/index";
import { createEngine } from "../packages/engine/src/index";
import { materialFor } from "./material";
import { type BenchNet, benchNets, productsNet } from "./nets";
import { median } from "./median";
import type { Row } from "./rows";

const TURNS = 7;
const CPU_SECONDS = 0.5;

/**
 * What share of the speed of large products a training step reaches on wasm, in one process and in turns. A step's
 * operations are counted as products would make them: forward, for every weight's gradient, and for every input's but
 * the network's own. Winograd's and a pool's savings count as speed, which the word "effective" says.
 */
export async function rooflineBench(): Promise<readonly Row[]> {
  const engine = await createEngine({ backend: "wasm", form: "program" });
  const open = async (net: BenchNet): Promise<Stepper> => {
    const { state, arrays } = materialFor(net);
    const stepper = await engine.stepper(net.spec, state);
    stepper.bind(arrays);
    return stepper;
  };
  const rowsOf = (net: BenchNet): Int32Array => Int32Array.from({ length: net.rows }, (_, row) => row);
  const products = await open(productsNet);
  const forward = productsNet.rows * sum(flopsOf(productsNet));
  const contenders: Contender[] = [
    { name: "products", flops: forward, turn: () => products.predict(rowsOf(productsNet), ["y"]), found: [] },
  ];
  for (const net of benchNets.filter(({ name }) => name === "mlp" || name === "cnn64")) {
    const stepper = await open(net);
    const flops = flopsOf(net);
    const ofStep = 3 * sum(flops) - (flops.find((one) => one > 0) ?? 0);
    contenders.push({
      name: net.name,
      flops: net.rows * ofStep,
      turn: () => stepper.run(rowsOf(net)),
      found: [],
    });
  }
  for (let turn = 0; turn <= TURNS; turn++)
    for (const contender of contenders) {
      const flopsPerSecond = await speedOf(contender);
      if (turn > 0) contender.found.push(flopsPerSecond); // the first warms up
    }
  const [peak, ...steps] = contenders.map(({ name, found }) => ({ name, speed: median(found) }));
  return steps.map(({ name, speed }) => ({
    bench: "roofline",
    who: name,
    share: speed / (peak?.speed ?? Number.NaN),
    about: `${giga(speed)} of ${giga(peak?.speed ?? Number.NaN)} GFLOP/s in large products`,
  }));
}

interface Contender {
  readonly name: string;
  /** Of one turn. */
  readonly flops: number;
  readonly turn: () => Promise<unknown>;
  readonly found: number[];
}

async function speedOf({ turn, flops }: Contender): Promise<number> {
  const before = process.cpuUsage();
  for (let turns = 1; ; turns++) {
    await turn();
    const { user, system } = process.cpuUsage(before);
    const cpuSeconds = (user + system) / 1e6;
    if (cpuSeconds >= CPU_SECONDS) return (turns * flops) / cpuSeconds;
  }
}

/** Operations of each layer's products, forward, for one record. */
function flopsOf({ spec }: BenchNet): readonly number[] {
  const facts = networkFacts(spec.network);
  if (facts.is === "misfit") throw new Error(`bench: ${facts.layer}: ${facts.reason}`);
  return facts.layers.map(({ weights, flops }) => (weights.length === 0 ? 0 : flops));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const giga = (flops: number): string => (flops / 1e9).toPrecision(3);
