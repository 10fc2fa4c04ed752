import { type Environment, seed } from "@seams/core";
import { type Engine, memoryCache, openTracer, type TrialResult } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { climbedGlyphs, glyphClimb } from "./glyph-climb";
import { eachThenAdd, endToEnd, twoNetworks } from "./pipelines";
import { planOf, resultOf, run, withoutTimes } from "./run";
import { twoGlyphsData } from "./two-glyphs";

const CLIMB = { problem: climbedGlyphs, environment: glyphClimb, budget: 40 };
const success = ({ closedLoop }: TrialResult): readonly number[] => closedLoop?.conditions[0]?.success ?? [];

describe("the closed loop", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ backend: "wasm", form: "program" });
  });

  it("scores every condition, beside single answers", async () => {
    const { test, closedLoop, correct } = resultOf(await run(engine, endToEnd(), CLIMB));
    const share = (values: readonly number[] = []): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(closedLoop?.version).toBe("1");
    expect(closedLoop?.conditions.map(({ id, success }) => [id, success.length])).toEqual([
      ["upright", 12],
      ["upside-down", 12],
    ]);
    expect(test["closed-loop-success"]).toBe(share(closedLoop?.conditions[0]?.success));
    expect(test["closed-loop-success:upside-down"]).toBe(share(closedLoop?.conditions[1]?.success));
    expect(test["closed-loop-completion"]).toBe(share(closedLoop?.conditions[0]?.completion));
    const [upright] = closedLoop?.conditions ?? [];
    const composite = upright?.completion.map(
      (done, episode) => (upright.harm[episode] === 1 ? 0.6 : 1) * done,
    );
    expect(test["closed-loop-composite"]).toBeCloseTo(share(composite), 12);
    expect(test["accuracy"]).toBeGreaterThan(0);
    expect(correct).toEqual(closedLoop?.conditions[0]?.success);
  });

  it("acts by what the pipeline answers: a perfect one ends well everywhere", async () => {
    const result = resultOf(await run(engine, eachThenAdd(), { ...CLIMB, budget: 200 }));
    const blind = resultOf(await run(engine, endToEnd(), { ...CLIMB, budget: 4 }));
    expect(result.test["closed-loop-success"]).toBeGreaterThan(0.8);
    expect(blind.test["closed-loop-success"]).toBeLessThan(0.3);
    expect(blind.test["closed-loop-harm"]).toBeGreaterThan(0.7);
  });

  it("sums mistakes up to each horizon, with the moments lost to a bad end, and says how they compound", async () => {
    const { test, closedLoop } = resultOf(await run(engine, endToEnd(), CLIMB));
    const [upright] = closedLoop?.conditions ?? [];
    const completed = upright?.completion ?? [];
    // Who falls has made one mistake on the rung reached, and loses every rung above it.
    const mistakesUpTo = (horizon: number): number =>
      completed.reduce((sum, part) => sum + Math.max(0, horizon - 4 * part), 0) / completed.length;
    expect(upright?.mistakes).toEqual([1, 2, 4].map((horizon) => expect.closeTo(mistakesUpTo(horizon), 12)));
    const [one, two, four] = (upright?.mistakes ?? []).map(Math.log);
    expect(test["closed-loop-compounding"]).toBeCloseTo(((four ?? 0) - (one ?? 0)) / Math.log(4), 12);
    expect(two).toBeDefined();
  });

  it("puts oracles into the loop: with every stage true all ends well", async () => {
    const result = resultOf(await run(engine, twoNetworks("label"), { ...CLIMB, budget: 24 }));
    const scoreWith = (...replaced: readonly string[]): number | undefined =>
      result.oracles?.scores.find((one) => one.replaced.join() === replaced.join())?.score;
    expect(scoreWith()).toBe(result.test["closed-loop-success"]);
    expect(scoreWith("read", "add")).toBe(1);
    const [upsideDown] = result.oracles?.elsewhere ?? [];
    expect(upsideDown?.condition).toBe("upside-down");
    expect(upsideDown?.scores.map(({ replaced }) => replaced)).toEqual(
      result.oracles?.scores.map(({ replaced }) => replaced),
    );
    expect(upsideDown?.scores[0]?.score).toBe(result.test["closed-loop-success:upside-down"]);
    expect(upsideDown?.scores.at(-1)?.score).toBe(1);
  });

  it("gives the same episodes for the same trial, bit for bit, and leaves no tensor behind", async () => {
    const first = resultOf(await run(engine, twoNetworks("label"), CLIMB));
    const live = engine.liveTensors();
    const second = resultOf(await run(engine, twoNetworks("label"), CLIMB));
    expect(withoutTimes(second)).toEqual(withoutTimes(first));
    expect(success(first).length).toBe(12);
    expect(engine.liveTensors()).toBe(live);
  });

  it("replays an episode as it went in the trial, and with the truth in a stage's place", async () => {
    const cache = memoryCache();
    const problem = { ...CLIMB, budget: 24, cache };
    const { closedLoop } = resultOf(await run(engine, twoNetworks("label"), problem));
    const trial = {
      plan: planOf(twoNetworks("label"), climbedGlyphs),
      problem: climbedGlyphs,
      budget: 24,
      seed: seed(1),
    };
    const { tracer } = await openTracer(trial, {
      engine,
      data: twoGlyphsData(),
      cache,
      signal: new AbortController().signal,
      now: () => 0,
      breathe: () => Promise.resolve(),
    });
    const watch = (episode: number, truthAt: readonly string[] = []) =>
      tracer?.replay({
        environment: glyphClimb,
        condition: "upside-down",
        episode,
        truthAt: new Set(truthAt),
      });
    const judged = closedLoop?.conditions[1]?.completion ?? [];
    expect(judged.some((completion) => completion < 1)).toBe(true);
    for (const [episode, completion] of judged.entries()) {
      const replay = await watch(episode);
      expect(replay?.outcome.completion).toBe(completion);
      expect(replay?.moments.length).toBe(Math.min(4, Math.round(4 * completion) + 1));
      expect(replay?.moments[0]?.scene.words).toBe("rung 0");
      expect(replay?.moments[0]?.drawn.length).toBeGreaterThan(0);
    }
    const fallen = judged.findIndex((completion) => completion < 1);
    expect((await watch(fallen, ["read.output", "add.output"]))?.outcome.success).toBe(true);
    await expect(watch(99)).rejects.toThrow(/no episode 99/);
  });

  it("stops where it is cancelled in the middle of an episode", async () => {
    const stop = new AbortController();
    let opened = 0;
    const environment: Environment = {
      ...glyphClimb,
      open: (condition) => {
        opened++;
        const episodes = glyphClimb.open(condition);
        return {
          get running() {
            return episodes.running;
          },
          get numbers() {
            return episodes.numbers;
          },
          field: (name) => episodes.field(name),
          outcomes: () => episodes.outcomes(),
          act: (answers) => {
            stop.abort(new Error("cancelled"));
            episodes.act(answers);
          },
        };
      },
    };
    const { events, result } = await run(engine, eachThenAdd(), {
      ...CLIMB,
      environment,
      signal: stop.signal,
    });
    expect(result).toBeUndefined();
    expect(events.at(-1)?.type).toBe("run.cancelled");
    expect(opened).toBe(1);
  });

  it("refuses to judge in an environment that is missing, or another version of it", async () => {
    await expect(run(engine, endToEnd(), { problem: climbedGlyphs, budget: 40 })).rejects.toThrow(
      /not at hand/,
    );
    const environment = { ...glyphClimb, version: "2" };
    await expect(run(engine, endToEnd(), { ...CLIMB, environment })).rejects.toThrow(/not at hand/);
  });
});
