import { beforeEach, describe, expect, it } from "vitest";
import { trainPhase } from "../../test/support/phase";
import type { ValueSource } from "../compile/plan";
import { contentHash, seed, stageId } from "../ids";
import { standardStages } from "../stages/index";
import type { PhaseFits } from "./fits";
import { keyFits } from "./keys";
import { keepPredictions, type Modelled, type Prediction, type PredictionParts } from "./kept-predictions";
import type { RowSet } from "./row-set";

const rows = (...numbers: number[]) => Int32Array.from(numbers);
const rowsOf = (identity: string, name = "test"): RowSet => ({
  name,
  rows: rows(0, 1),
  identity: () => identity,
  field: () => {
    throw new Error("no field is asked for");
  },
});

interface Change {
  readonly stage?: string;
  readonly signature?: string;
  readonly seed?: number;
  readonly training?: Int32Array;
}

function partsOf({ stage = "read", signature = "a", seed: drawn = 1, training = rows(0, 1) }: Change = {}) {
  const phase = trainPhase({
    id: `train ${stage}`,
    train: [stageId(stage)],
    signature: contentHash(signature.repeat(64)),
  });
  const full = { id: phase.id, phase, train: training, validation: rows() };
  const fits = new Map<string, PhaseFits>([[phase.id, { full, folds: new Map() }]]);
  const budget = { rows: rows(9, 4, 7), groups: rows(9, 4, 7), limits: {}, test: rows(1) };
  const engine = {
    version: "1",
    backend: "wasm",
    form: "program",
    kernels: "k",
    threads: 1,
    node: "",
  } as const;
  const keys = keyFits({ fits, budget, seed: seed(drawn), engine, data: "data" });
  return { fits, keys, stages: standardStages, training: rowsOf("training", "training") };
}

interface Output {
  readonly stage: string;
  readonly port: string;
  readonly input: ValueSource;
}

const field: ValueSource = { is: "field", field: "x" };
const scaled = (expression: string): ValueSource => ({
  is: "computed",
  stage: stageId("scale"),
  kind: "formula",
  params: { expression },
  each: false,
  port: "output",
  type: { is: "vector", size: 2 },
  inputs: { x: field },
});
const output = ({ stage = "read", port = "output", input = field }: Partial<Output> = {}): Modelled => ({
  is: "predicted",
  stage: stageId(stage),
  port,
  type: { is: "vector", size: 2 },
  phase: `train ${stage}`,
  inputs: { [`${stage}.input`]: input },
});
const crossFitted = (): Modelled => ({ ...output(), is: "cross-fitted", folds: 3 });

const prediction = (value: number): Prediction => ({
  raw: Float32Array.of(value, Number.NaN),
  presence: { present: Uint8Array.of(1, 0) },
});

describe("predictions that are kept", () => {
  let kept: Map<string, Prediction>;
  beforeEach(() => {
    kept = new Map();
  });

  /** What comes of asking: 1 where it is computed now, else what was computed before. */
  async function ask(parts: PredictionParts, source: Modelled, over = rowsOf("test rows")): Promise<number> {
    const store = {
      get: async (key: string) => kept.get(key),
      put: async (key: string, value: Prediction) => void kept.set(key, value),
    };
    const compute = async () => new Map([[`${source.stage}.${source.port}`, prediction(1)]]);
    const found = await keepPredictions(store, parts).of([source], over, compute);
    return found.get(`${source.stage}.${source.port}`)?.raw[0] ?? Number.NaN;
  }
  /** Marks what is kept as such. */
  const mark = (): void => kept.forEach((_, key) => kept.set(key, prediction(2)));

  it("are read the next time, whatever the stage and the rows are called", async () => {
    expect(await ask(partsOf(), output())).toBe(1);
    mark();
    expect(await ask(partsOf(), output())).toBe(2);
    expect(await ask(partsOf({ stage: "other" }), output({ stage: "other" }))).toBe(2);
    expect(await ask(partsOf(), output(), rowsOf("test rows", "scored"))).toBe(2);
    expect(await ask(partsOf(), crossFitted())).toBe(2); // over rows that no fold was left out for
  });

  it.each<[string, PredictionParts, Modelled, RowSet?]>([
    ["a network that is defined otherwise", partsOf({ signature: "b" }), output()],
    ["a network of another seed", partsOf({ seed: 2 }), output()],
    ["a network that learned from other rows", partsOf({ training: rows(0, 2) }), output()],
    ["another output", partsOf(), output({ port: "other" })],
    ["other records", partsOf(), output(), rowsOf("other rows")],
    ["another field's values", partsOf(), output({ input: { is: "field", field: "z" } })],
    ["values that an algorithm makes", partsOf(), output({ input: scaled("x * 2") })],
  ])("are not those of %s", async (_, parts, source, over) => {
    await ask(partsOf(), output());
    mark();
    expect(await ask(parts, source, over)).toBe(1);
  });

  it("follow the params of an algorithm before the network", async () => {
    await ask(partsOf(), output({ input: scaled("x * 2") }));
    mark();
    expect(await ask(partsOf(), output({ input: scaled("x * 2") }))).toBe(2);
    expect(await ask(partsOf(), output({ input: scaled("x * 3") }))).toBe(1);
  });

  it("are neither kept nor read where several networks predict, or for moments of an environment", async () => {
    const { identity: _, ...moments } = rowsOf("", "now");
    expect(await ask(partsOf(), crossFitted(), rowsOf("rows", "training"))).toBe(1);
    expect(await ask(partsOf(), output({ input: crossFitted() }), rowsOf("rows", "training"))).toBe(1);
    expect(await ask(partsOf(), output(), moments)).toBe(1);
    expect(kept.size).toBe(0);
  });

  it("are computed again where one of several outputs is gone", async () => {
    const [one, two] = [output(), output({ port: "other" })];
    const store = {
      get: async (key: string) => kept.get(key),
      put: async (key: string, value: Prediction) => void kept.set(key, value),
    };
    let computed = 0;
    const both = () =>
      keepPredictions(store, partsOf()).of([one, two], rowsOf("test rows"), async () => {
        computed++;
        return new Map([
          ["read.output", prediction(1)],
          ["read.other", prediction(1)],
        ]);
      });
    await both();
    await both();
    expect(computed).toBe(1);
    const [first = ""] = kept.keys();
    kept.delete(first);
    expect([...(await both()).keys()]).toEqual(["read.output", "read.other"]);
    expect(computed).toBe(2);
  });
});
