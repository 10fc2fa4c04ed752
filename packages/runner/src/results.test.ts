import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, type GraphDocument, seed } from "@seams/core";
import type { EngineInfo, Trial, TrialResult } from "@seams/core/train";
import { findPipeline, findProblem } from "@seams/problems";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCache } from "./cache/disk";
import { expectedEngine, findResult, keepResult, rememberEngine, resultKey } from "./results";

const problem = findProblem("anchor-a-composition")!.schema;
const document = findPipeline("anchor-a-composition/each-glyph")!.document;
const engine: EngineInfo = {
  version: "1",
  backend: "wasm",
  form: "eager",
  kernels: "k",
  threads: 1,
  node: "v20",
};
const place = { data: "d", engine };

function trialOf(change: (document: GraphDocument) => GraphDocument = (same) => same): Trial {
  const { plan } = compile(change(document), { problem });
  return { plan: plan!, problem, budget: 32, seed: seed(1) };
}

const withParams =
  (stage: string, params: object) =>
  (from: GraphDocument): GraphDocument => {
    const before = from.stages[stage]!;
    return {
      ...from,
      stages: { ...from.stages, [stage]: { ...before, params: { ...before.params, ...params } } },
    };
  };

/** The same pipeline with a stage of another name. */
function renamed(from: GraphDocument): GraphDocument {
  const { read, ...stages } = from.stages;
  const links = from.links.map((link) => ({
    from: link.from.replace(/^read\./, "see."),
    to: link.to.replace(/^read\./, "see."),
  }));
  return { ...from, stages: { ...stages, see: read! }, links };
}

const withoutPrices = {
  ...problem,
  fields: Object.fromEntries(
    Object.entries(problem.fields).map(([name, field]) => [name, { ...field, price: 0 }]),
  ),
};

/** The same trial, judged in an environment of this version; what its metrics are called is of no account. */
const judgedIn = (version: string, called = ""): Trial => {
  const words = {
    "closed-loop-success": called,
    "closed-loop-composite": called,
    "closed-loop-completion": called,
    "closed-loop-harm": called,
    "closed-loop-violation": called,
    "closed-loop-roughness": called,
  };
  return { ...trialOf(), problem: { ...problem, environment: { version, conditions: [], words } } };
};

describe("a result's key", () => {
  const key = resultKey(trialOf(), place);

  it.each([
    ["a network's size", trialOf(withParams("read", { hidden: [8] })), place],
    [
      "a formula behind the last trained stage",
      trialOf(withParams("add", { expression: "max(digits)" })),
      place,
    ],
    ["a stage's name, which results speak of", trialOf(renamed), place],
    ["the budget", { ...trialOf(), budget: 33 }, place],
    ["a field's own budget", { ...trialOf(), budget: { y: 32, digits: 16 } }, place],
    ["the seed", { ...trialOf(), seed: seed(2) }, place],
    ["the data", trialOf(), { ...place, data: "e" }],
    ["the engine's version", trialOf(), { ...place, engine: { ...engine, version: "2" } }],
    ["the backend", trialOf(), { ...place, engine: { ...engine, backend: "cpu" as const } }],
    ["the form", trialOf(), { ...place, engine: { ...engine, form: "program" as const } }],
    ["the kernels", trialOf(), { ...place, engine: { ...engine, kernels: "l" } }],
    ["an environment", judgedIn("1"), place],
    ["the number of threads", trialOf(), { ...place, engine: { ...engine, threads: 2 } }],
  ])("changes with %s", (_, trial, changed) => {
    expect(resultKey(trial, changed)).not.toBe(key);
  });

  it.each([
    ["titles", trialOf((from) => ({ ...from, title: "Other" })), place],
    ["places on the canvas", trialOf(({ layout: _, ...from }) => from), place],
    ["the version of Node", trialOf(), { ...place, engine: { ...engine, node: "v22" } }],
    ["prices", { ...trialOf(), problem: withoutPrices }, place],
  ])("does not change with %s", (_, trial, same) => {
    expect(resultKey(trial, same)).toBe(key);
  });
});

it("a result's key changes with the environment's version, and not with its words", () => {
  expect(resultKey(judgedIn("2"), place)).not.toBe(resultKey(judgedIn("1"), place));
  expect(resultKey(judgedIn("1", "other words"), place)).toBe(resultKey(judgedIn("1"), place));
});

const result: TrialResult = {
  plan: trialOf().plan.graph,
  budget: 32,
  seed: 1,
  engine,
  test: { accuracy: 0.5 },
  train: { accuracy: 1 },
  labels: { y: 32, digits: 96 },
  cost: 128,
  seconds: 3,
  stages: {
    read: {
      scores: { accuracy: 0.9 },
      phases: ["train read"],
      steps: 80,
      cached: false,
      because: "not trained before",
    },
    add: { scores: {}, phases: [], steps: 0, cached: false, because: "nothing to train" },
  },
  correct: [1, 0, -1],
  testRows: 3,
};

describe("kept results", () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "seams-results-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("come back as they were, but for where their stages came from", async () => {
    const trial = trialOf();
    await keepResult(openCache(home), { trial, result }, "d");
    const found = await findResult(openCache(home), trial, place);
    expect(found).toMatchObject({ test: result.test, seconds: 3, correct: [1, 0, -1] });
    expect(found?.stages["read"]).toMatchObject({ cached: true, steps: 80 });
    expect(found?.stages["add"]).toEqual(result.stages["add"]);
    expect(await findResult(openCache(home), { ...trial, seed: seed(2) }, place)).toBeUndefined();
  });

  it("cost what labels cost now", async () => {
    const trial = trialOf();
    await keepResult(openCache(home), { trial, result }, "d");
    const digits = { ...problem.fields["digits"]!, price: 10 };
    const dearer = { ...trial, problem: { ...problem, fields: { ...problem.fields, digits } } };
    expect((await findResult(openCache(home), dearer, place))?.cost).toBe(32 + 960);
  });

  it("are nothing where what lies there is no result", async () => {
    const cache = openCache(home);
    await cache.putResult(resultKey(trialOf(), place), { test: "high" });
    expect(await findResult(cache, trialOf(), place)).toBeUndefined();
  });

  it("are looked for under the engine that was made here last", async () => {
    const cache = openCache(home);
    expect(await expectedEngine(cache)).toBeUndefined();
    await rememberEngine(cache, engine);
    expect(await expectedEngine(openCache(home))).toEqual(engine);
  });
});
