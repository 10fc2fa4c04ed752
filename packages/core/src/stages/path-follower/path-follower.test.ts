import { describe, expect, it } from "vitest";
import { scalars, vectors } from "../../../test/support/columns";
import { kitchenSink } from "../../../test/support/problems";
import { stageId } from "../../ids";
import { describeStageKind } from "../conformance";
import { pathFollower } from "./path-follower";
import { pathAt, purePursuit, stanley } from "./steering";

const TYPES = { path: { is: "vector", size: 4 }, pace: { is: "scalar" }, speed: { is: "scalar" } } as const;

describeStageKind(pathFollower, { params: { spacing: 2 }, problem: kitchenSink, types: TYPES });

const params = pathFollower.params.parse({ spacing: 3, lookahead: 6, lookaheadTime: 0, wheelbase: 2.5 });

describe("a path between its points", () => {
  it("is a straight line from the vehicle on, and ends at its last point", () => {
    expect(pathAt([3, 5], 2, 1)).toBe(1.5);
    expect(pathAt([3, 5], 2, 3)).toBe(4);
    expect(pathAt([3, 5], 2, 9)).toBe(5);
  });
});

describe("pure pursuit", () => {
  it("steers along the circle through the point ahead: δ = atan(L ÷ R)", () => {
    const radius = 30;
    const circle = [3, 6, 9, 12].map((x) => radius - Math.sqrt(radius ** 2 - x ** 2));
    expect(purePursuit(circle, 5, params)).toBeCloseTo(Math.atan(2.5 / radius), 12);
  });

  it("looks farther ahead at speed", () => {
    const turn = [0, 0, 1, 2];
    const far = { ...params, lookaheadTime: 1 };
    expect(purePursuit(turn, 0, far)).toBe(0);
    expect(purePursuit(turn, 6, far)).toBeGreaterThan(0);
  });
});

describe("Stanley", () => {
  it("steers in the path's direction where it is on the path at the front axle", () => {
    expect(stanley([0, 0.3, 0.6, 0.9], 100, { ...params, wheelbase: 3 })).toBeCloseTo(Math.atan(0.1), 12);
  });

  it("adds atan(k · e ÷ v) beside the path", () => {
    const beside = [1, 1, 1, 1];
    expect(stanley(beside, 5, { ...params, wheelbase: 3, gain: 2 })).toBeCloseTo(Math.atan(0.4), 12);
  });
});

describe("the stage", () => {
  const run = (given: object, path: readonly number[], [pace, speed]: readonly [number, number]) => {
    const command = { is: "scalar", low: -1, high: 1 } as const;
    const { steering, throttle } = pathFollower.run({
      params: pathFollower.params.parse({ spacing: 3, ...given }),
      inputs: { path: vectors([...path]), pace: scalars([pace]), speed: scalars([speed]) },
      outputs: { steering: command, throttle: command },
    });
    return [steering?.data[0], throttle?.data[0]];
  };

  it("gives commands as parts of the largest, within −1 and 1", () => {
    const angle = purePursuit([0.5, 1, 1.5, 2], 5, pathFollower.params.parse({ spacing: 3 }));
    const [steering] = run({ mostSteering: 40 }, [0.5, 1, 1.5, 2], [5, 5]);
    expect(steering).toBeCloseTo(angle / ((40 * Math.PI) / 180), 6);
    const near = { lookahead: 3, lookaheadTime: 0 };
    expect(run(near, [3, 3, 3, 3], [9, 0])).toEqual([1, 1]);
    expect(run(near, [-3, -3, -3, -3], [0, 9])).toEqual([-1, -1]);
  });

  it("brakes above the pace and accelerates below it, by the speed gain", () => {
    expect(run({ speedGain: 0.5 }, [0, 0, 0, 0], [6, 5])[1]).toBeCloseTo(0.5, 6);
    expect(run({ speedGain: 0.5 }, [0, 0, 0, 0], [4, 5])[1]).toBeCloseTo(-0.5, 6);
  });

  it("refuses a path that is no vector", () => {
    const inputs = { ...TYPES, path: { is: "scalar" } } as const;
    const asked = pathFollower.infer({ id: stageId("f"), params, problem: kitchenSink, inputs });
    expect(asked.diagnostics).toMatchObject([{ code: "type-mismatch", place: { port: "path" } }]);
  });
});
