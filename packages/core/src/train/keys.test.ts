import { describe, expect, it } from "vitest";
import { trainPhase } from "../../test/support/phase";
import type { TrainPhase } from "../compile/plan";
import { contentHash, seed, stageId } from "../ids";
import type { BudgetRows } from "./budget";
import type { Fit, PhaseFits } from "./fits";
import { becauseOfMiss, type KeyedFit, keyFits, type KeyQuestion } from "./keys";

const rows = (...numbers: number[]) => Int32Array.from(numbers);
const budget: BudgetRows = { rows: rows(9, 4, 7, 2), groups: rows(9, 4, 7, 2), limits: {}, test: rows(1) };
const engine = {
  version: "1",
  backend: "wasm",
  form: "eager",
  kernels: "k",
  threads: 1,
  node: "v20",
} as const;

function question(
  changes: Partial<KeyQuestion> & { readonly phase?: TrainPhase; readonly fit?: Partial<Fit> } = {},
): KeyQuestion {
  const { phase = trainPhase(), fit, ...others } = changes;
  const full: Fit = { id: phase.id, phase, train: rows(0, 1, 2), validation: rows(3), ...fit };
  const fits = new Map<string, PhaseFits>([[phase.id, { full, folds: new Map() }]]);
  return { fits, budget, seed: seed(1), engine, data: "data", ...others };
}

function keyed(of: KeyQuestion): KeyedFit {
  const [first] = keyFits(of).values();
  if (first === undefined) throw new Error("no fit");
  return first;
}

describe("keyFits", () => {
  const key = keyed(question()).key;

  it.each([
    ["the definition", question({ phase: trainPhase({ signature: contentHash("b".repeat(64)) }) })],
    ["the data", question({ data: "other" })],
    ["a training row", question({ fit: { train: rows(0, 1) } })],
    ["the order of training rows", question({ fit: { train: rows(1, 0, 2) } })],
    ["a validation row", question({ fit: { validation: rows() } })],
    ["which records the rows are", question({ budget: { ...budget, rows: rows(9, 4, 7, 3) } })],
    ["how many labels may be seen", question({ budget: { ...budget, limits: { y: 2 } } })],
    ["the seed", question({ seed: seed(2) })],
    ["the engine's version", question({ engine: { ...engine, version: "2" } })],
    ["the backend", question({ engine: { ...engine, backend: "cpu" } })],
    ["the kernels", question({ engine: { ...engine, kernels: "other" } })],
    ["the number of threads", question({ engine: { ...engine, threads: 2 } })],
  ])("changes with %s", (_, changed) => {
    expect(keyed(changed).key).not.toBe(key);
  });

  it.each([
    ["the stage's name", question({ phase: trainPhase({ train: [stageId("other")], id: "other" }) })],
    [
      "a budget for a field that the phase doesn't read",
      question({ budget: { ...budget, limits: { z: 1 } } }),
    ],
    ["a field's own budget that covers all rows", question({ budget: { ...budget, limits: { y: 100 } } })],
    ["the version of Node", question({ engine: { ...engine, node: "v22" } })],
    ["test rows", question({ budget: { ...budget, test: rows(5) } })],
  ])("does not change with %s", (_, changed) => {
    expect(keyed(changed).key).toBe(key);
  });

  it("changes with a key upstream", () => {
    const upstream = trainPhase({ id: "up" });
    const source = {
      is: "predicted",
      stage: stageId("up"),
      port: "output",
      type: { is: "vector", size: 2 },
      phase: "up",
      inputs: { "read.input": { is: "field", field: "x" } },
    } as const;
    const below = trainPhase({ inputs: [{ ...trainPhase().inputs[0]!, mode: "predicted", source }] });
    const chain = (trained: Int32Array): KeyQuestion => ({
      ...question(),
      fits: new Map<string, PhaseFits>([
        ["up", { full: { id: "up", phase: upstream, train: trained, validation: rows() }, folds: new Map() }],
        [
          "train read",
          {
            full: { id: "train read", phase: below, train: rows(0, 1), validation: rows() },
            folds: new Map(),
          },
        ],
      ]),
    });
    const keysOf = (of: KeyQuestion) => [...keyFits(of).values()].map((fit) => fit.key);
    expect(keysOf(chain(rows(0, 1)))[1]).not.toBe(keysOf(chain(rows(0, 2)))[1]);
    expect(keysOf(chain(rows(0, 1)))).toEqual(keysOf(chain(rows(0, 1))));
  });
});

describe("becauseOfMiss", () => {
  it("says in words what changed", () => {
    expect(becauseOfMiss([])).toBe("not trained before");
    expect(becauseOfMiss(["seed"])).toBe("its seed changed");
    expect(becauseOfMiss(["rows", "seed", "stages before it"])).toBe(
      "its rows, its seed and stages before it changed",
    );
  });
});
