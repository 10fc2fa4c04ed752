import { describe, expect, it } from "vitest";
import { Drive, STEP_S, VEHICLE } from "./drive";
import { at, makeRoad, meanCurvature, placeOnRoad, ROAD_HALF_M } from "./road";
import { makeRoute, NEW_TOWN, type Route, type Thing, TRAINING_TOWN } from "./route";
import { seed, stream } from "@seams/core";

const STRAIGHT = { curvature: 0, waves: [50, 100] } as const;
const still = { d: 0, heading: 0, slow: 0 };
const numbered = (number: number, town = TRAINING_TOWN): Route =>
  makeRoute(town, { purpose: "test", number, lengthM: 100, start: still });

/** A straight road with these things on it. */
function straightRoute(things: readonly Thing[], start: Partial<Route["start"]> = {}): Route {
  const road = makeRoad(stream(seed(1)), STRAIGHT, 100);
  return { ...numbered(0), road, things, start: { d: 0, heading: 0, speed: 5, ...start } };
}
const barrier: Thing = { what: 0, radiusM: 0.5, heightM: 1, s: 20, d: 0, speed: 0 };

describe("a road", () => {
  const road = makeRoad(stream(seed(2)), NEW_TOWN.road, 100);

  it("knows the place of a point beside it", () => {
    for (const [s, d] of [
      [10, 0],
      [37.3, 2],
      [80, -3],
    ] as const) {
      const heading = at(road.heading, s);
      const place = placeOnRoad(
        road,
        at(road.x, s) - Math.sin(heading) * d,
        at(road.y, s) + Math.cos(heading) * d,
        s + 1,
      );
      expect(place.s).toBeCloseTo(s, 1);
      expect(place.d).toBeCloseTo(d, 1);
    }
  });

  it("turns by its curvature", () => {
    expect(meanCurvature(road, 20, 10) * 10).toBeCloseTo(at(road.heading, 30) - at(road.heading, 20), 12);
  });
});

describe("a drive", () => {
  it("goes round a circle of radius L ÷ tan δ", () => {
    const drive = new Drive(straightRoute([]), Infinity);
    for (let k = 0; k < 5; k++) drive.step(1, 0); // the wheels take a moment to turn
    const before = drive.heading;
    drive.step(1, 0);
    const radius = VEHICLE.wheelbaseM / Math.tan(VEHICLE.mostSteeringRad);
    expect(drive.heading - before).toBeCloseTo((drive.speed * STEP_S) / radius, 12);
  });

  it("brakes to a standstill, not backwards, and does nothing for a command that is no number", () => {
    const drive = new Drive(straightRoute([]), Infinity);
    drive.step(Number.NaN, Number.NaN);
    expect([drive.speed, drive.d]).toEqual([5, 0]);
    for (let k = 0; k < 20; k++) drive.step(0, -9);
    expect(drive.speed).toBe(0);
  });

  it("ends where it hits something, arrives, is lost or takes too long", () => {
    const endOf = (drive: Drive, steering = 0): string => {
      while (drive.end === undefined) drive.step(steering, 0);
      return drive.end;
    };
    expect(endOf(new Drive(straightRoute([barrier]), Infinity))).toBe("collided");
    expect(endOf(new Drive(straightRoute([{ ...barrier, d: 2 }]), Infinity))).toBe("arrived");
    expect(endOf(new Drive(straightRoute([], { heading: 0.4 }), Infinity))).toBe("lost");
    expect(endOf(new Drive(straightRoute([]), 10))).toBe("out-of-time");
  });

  it("counts the time off the road, and the change of sideways acceleration", () => {
    const off = new Drive(straightRoute([], { d: ROAD_HALF_M + 1 }), Infinity);
    const calm = new Drive(straightRoute([]), Infinity);
    for (const drive of [off, calm]) for (let k = 0; k < 10; k++) drive.step(0, 0);
    expect([off.offRoadShare, calm.offRoadShare]).toEqual([1, 0]);
    expect(calm.sidewaysJerk).toBe(0);
    for (let k = 0; k < 10; k++) calm.step(k % 2, 0);
    expect(calm.sidewaysJerk).toBeGreaterThan(1);
  });

  it("moves carts along the road while the way before them is free", () => {
    const cart: Thing = { ...barrier, what: 1, s: 30, d: 2, speed: 2 };
    const drive = new Drive(straightRoute([cart, { ...barrier, s: 47, d: -2 }]), Infinity);
    for (let k = 0; k < 20; k++) drive.step(0, 0);
    const [moved] = drive.things(0, 100);
    expect(moved?.s).toBeCloseTo(31, 0); // 16 m from the barrier it waits
    expect(moved?.y).toBeCloseTo(2, 6);
  });

  it("gives the same bits for the same route and commands", () => {
    const run = (): number[] => {
      const drive = new Drive(numbered(3, NEW_TOWN), Infinity);
      for (let k = 0; k < 50; k++) drive.step(Math.sin(k), 0.3);
      return [drive.x, drive.y, drive.heading, drive.s, drive.d];
    };
    expect(run()).toEqual(run());
  });
});

describe("a route", () => {
  it("is the same by its number, and another by another", () => {
    expect(JSON.stringify(numbered(5))).toBe(JSON.stringify(numbered(5)));
    expect(JSON.stringify(numbered(6))).not.toBe(JSON.stringify(numbered(5)));
  });

  it("has things as far apart as its town says, with room to pass each", () => {
    const { things } = numbered(7, NEW_TOWN);
    const [least, most] = NEW_TOWN.gapM;
    things.slice(1).forEach((thing, k) => {
      const gap = thing.s - things[k]!.s;
      expect(gap).toBeGreaterThanOrEqual(least);
      expect(gap).toBeLessThanOrEqual(most);
    });
    for (const { d, radiusM } of things) {
      expect(Math.abs(d) - radiusM - 2 * VEHICLE.halfWidthM).toBeGreaterThan(-ROAD_HALF_M);
    }
  });
});
