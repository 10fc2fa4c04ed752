import type { Stream } from "@seams/core";

/** How roads bend: two waves of curvature with random lengths and starts. */
export interface RoadStyle {
  /** Largest curvature of each wave, in 1/m. */
  readonly curvature: number;
  /** Shortest and longest wave, in m. */
  readonly waves: readonly [number, number];
}

/** The middle of a road, one point a metre, from `START_M` behind the start on. Headings are not wrapped. */
export interface Road {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly heading: Float64Array;
  readonly curvature: Float64Array;
}

/** Road behind the start, and ahead of the end, for the camera. */
const BEHIND_M = 10;
const AHEAD_M = 60;

/** Half the road's width: beyond it a vehicle is off the road. */
export const ROAD_HALF_M = 4.5;

/** Makes a road of at least this length. */
export function makeRoad(random: Stream, { curvature: most, waves }: RoadStyle, lengthM: number): Road {
  const count = BEHIND_M + lengthM + AHEAD_M;
  const parts = Array.from({ length: 2 }, () => ({
    size: most * (0.3 + 0.7 * random.uniform()) * 0.6,
    wave: waves[0] + (waves[1] - waves[0]) * random.uniform(),
    start: 2 * Math.PI * random.uniform(),
  }));
  const road = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    heading: new Float64Array(count),
    curvature: Float64Array.from({ length: count }, (_, s) =>
      parts.reduce(
        (sum, { size, wave, start }) => sum + size * Math.sin((2 * Math.PI * s) / wave + start),
        0,
      ),
    ),
  };
  for (let k = 1; k < count; k++) {
    const middle = (road.heading[k - 1] ?? 0) + (road.curvature[k - 1] ?? 0) / 2;
    road.heading[k] = (road.heading[k - 1] ?? 0) + (road.curvature[k - 1] ?? 0);
    road.x[k] = (road.x[k - 1] ?? 0) + Math.cos(middle);
    road.y[k] = (road.y[k - 1] ?? 0) + Math.sin(middle);
  }
  return road;
}

/** A value of the road `s` metres from the start, by a straight line between points. */
export function at(values: Float64Array, s: number): number {
  const place = Math.min(Math.max(s + BEHIND_M, 0), values.length - 1.001);
  const before = Math.floor(place);
  const from = values[before] ?? 0;
  return from + ((values[before + 1] ?? from) - from) * (place - before);
}

/** A place along a road and beside its middle. */
export interface RoadPlace {
  /** Metres from the start. */
  readonly s: number;
  /** Metres left of the middle. */
  readonly d: number;
}

/** Where on the road a point is, from a guess that is at most a few metres off. */
export function placeOnRoad(road: Road, x: number, y: number, guess: number): RoadPlace {
  let s = guess;
  let d = 0;
  for (let step = 0; step < 3; step++) {
    const heading = at(road.heading, s);
    const [dx, dy] = [x - at(road.x, s), y - at(road.y, s)];
    d = Math.cos(heading) * dy - Math.sin(heading) * dx;
    const along = Math.cos(heading) * dx + Math.sin(heading) * dy;
    s += along / Math.max(1 - at(road.curvature, s) * d, 0.2);
  }
  return { s, d };
}

/** The curvature of the arc that turns as much as the next `ahead` metres of road do. */
export const meanCurvature = (road: Road, s: number, ahead: number): number =>
  (at(road.heading, s + ahead) - at(road.heading, s)) / ahead;
