import { seed, stream, type Stream } from "@seams/core";
import { makeRoad, type Road, type RoadStyle } from "./road";

/** Decides every route there is. */
const ROUTES_SEED = seed(7);

/** What a camera sees through: brightness range and the noise of a pixel. */
export interface Weather {
  readonly light: readonly [number, number];
  readonly noise: number;
}

/** Where routes are: how roads bend, how much stands on them, and the weather. */
export interface Town {
  readonly id: string;
  readonly title: string;
  readonly road: RoadStyle;
  /** Least and most metres from one thing to the next. */
  readonly gapM: readonly [number, number];
  readonly weather: Weather;
}

const PLAIN_ROADS: RoadStyle = { curvature: 0.022, waves: [60, 140] };
const CLEAR: Weather = { light: [0.8, 1], noise: 0.04 };

/** Where demonstrations were recorded. */
export const TRAINING_TOWN: Town = {
  id: "training-town",
  title: "Training town",
  road: PLAIN_ROADS,
  gapM: [28, 44],
  weather: CLEAR,
};
/** Bends are tighter and more stands in the way. */
export const NEW_TOWN: Town = {
  id: "new-town",
  title: "New town: tighter bends, more in the way",
  road: { curvature: 0.036, waves: [45, 100] },
  gapM: [22, 32],
  weather: CLEAR,
};
/** The roads of the training town in the dark and in rain. */
export const NEW_WEATHER: Town = {
  id: "new-weather",
  title: "New weather: darker, with three times the noise",
  road: PLAIN_ROADS,
  gapM: [28, 44],
  weather: { light: [0.5, 0.75], noise: 0.12 },
};

/** Something in the way: a disc on the road. `what` is an index into THINGS. */
export interface Thing {
  readonly what: number;
  readonly radiusM: number;
  readonly heightM: number;
  /** Where it is at the beginning. */
  readonly s: number;
  readonly d: number;
  /** Metres a second along the road, while nothing is close ahead of it. */
  readonly speed: number;
}

/** A road, what is on it, and the seed of what its camera's noise is. */
export interface Route {
  readonly town: Town;
  readonly road: Road;
  readonly lengthM: number;
  readonly things: readonly Thing[];
  readonly light: number;
  /** A fresh stream of the camera's noise: the same for everyone who drives this route. */
  noise(): Stream;
  /** The same of the range sensor's. */
  rangeNoise(): Stream;
  /** Where the vehicle starts: beside the middle, turned from the road's direction, and how fast. */
  readonly start: { readonly d: number; readonly heading: number; readonly speed: number };
}

/** How a route begins. */
export interface Start {
  /** Largest distance from the middle, turn and lack of speed at the start. */
  readonly d: number;
  readonly heading: number;
  readonly slow: number;
}

/** The speed that a start with `slow` 0 has, in m/s. */
const START_SPEED = 6;
/** The first thing stands at least so far from the start. */
const FIRST_THING_M = 16;

/** Makes the route of this number, of one purpose: "demonstration", or a condition's id. */
export function makeRoute(
  town: Town,
  { purpose, number, lengthM, start }: { purpose: string; number: number; lengthM: number; start: Start },
): Route {
  const random = stream(ROUTES_SEED, purpose, number);
  const between = ([low, high]: readonly [number, number]): number => low + (high - low) * random.uniform();
  const road = makeRoad(random, town.road, lengthM);
  const things: Thing[] = [];
  for (let s = FIRST_THING_M + 16 * random.uniform(); s < lengthM + 10; s += between(town.gapM)) {
    const moves = random.uniform() < 0.4;
    things.push({
      what: moves ? 1 : 0,
      radiusM: moves ? 0.8 : between([0.5, 0.9]),
      heightM: moves ? 1.6 : 1,
      s,
      d: between([-1.6, 1.6]),
      speed: moves ? between([0.8, 2]) : 0,
    });
  }
  const either = (most: number): number => most * (2 * random.uniform() - 1);
  return {
    town,
    road,
    lengthM,
    things,
    light: between(town.weather.light),
    noise: () => stream(ROUTES_SEED, purpose, number, "noise"),
    rangeNoise: () => stream(ROUTES_SEED, purpose, number, "range noise"),
    start: {
      d: either(start.d),
      heading: either(start.heading),
      speed: START_SPEED - start.slow * random.uniform(),
    },
  };
}
