import type { Environment, Episodes } from "@seams/core";
import { type DrivingField, FIELD_TYPES } from "./fields";
import { type Eye, eyeOn, type Moment, takeIn } from "./moment";
import { viewFromAbove } from "./from-above";
import { makeRoute, NEW_TOWN, NEW_WEATHER, type Town, TRAINING_TOWN } from "./route";

/** Routes under each condition, and the length of each. */
export const ROUTES = 50;
const LENGTH_M = 100;
/** A vehicle slower than 0.25 m a step on average doesn't arrive in time. */
const MOST_STEPS = LENGTH_M / 0.25;
/** A test drive begins about as the expert would have come there. */
const START = { d: 0.5, heading: 0.05, slow: 1 } as const;
/** A drive in which the vehicle's middle was off the road for more of the time was no success. */
const MOST_OFF_ROAD = 0.02;

/** What a vehicle sees: of that nobody needs to be told. */
const SEEN: readonly string[] = ["camera", "speed", "ranges"] satisfies DrivingField[];
/** A command for the wheels so far from the expert's is a mistake: 7.5° of their largest angle of 30°. */
const MISTAKE = 0.25;
/** 0.8 to 12.8 s. A route that goes well takes about 15. */
const HORIZONS = [8, 16, 32, 64, 128];

const TOWNS: readonly Town[] = [TRAINING_TOWN, NEW_TOWN, NEW_WEATHER];

/** Roads to drive on, with things in the way. No route is one of the demonstrations'. */
export const drivingEnvironment: Environment = {
  version: "2",
  conditions: TOWNS.map(({ id, title }) => ({ id, title })),
  words: {
    "closed-loop-success": "routes driven to the end, without a collision and on the road",
    "closed-loop-composite":
      "driving score: part of the route driven × share of the time on the road, × 0.6 after a collision",
    "closed-loop-completion": "part of the route that was driven",
    "closed-loop-harm": "routes that ended in a collision",
    "closed-loop-violation": "part of the time off the road",
    "closed-loop-roughness": "mean change of sideways acceleration, in m/s³",
  },
  mistakes: { words: "the wheels more than 7.5° from where the expert would have them", horizons: HORIZONS },
  expert: Object.keys(FIELD_TYPES).filter((name) => !SEEN.includes(name)),
  practise: ({ seed, round }) =>
    openDrives(
      Array.from({ length: ROUTES }, (_, number) => {
        const purpose = `practice ${seed} ${round}`;
        const route = makeRoute(TRAINING_TOWN, { purpose, number, lengthM: LENGTH_M, start: START });
        return eyeOn(route, MOST_STEPS);
      }),
    ),
  open: (condition) => {
    const town = TOWNS.find(({ id }) => id === condition);
    if (town === undefined) throw new Error(`driving: there is no condition ${condition}`);
    return openDrives(
      Array.from({ length: ROUTES }, (_, number) => {
        const route = makeRoute(town, { purpose: town.id, number, lengthM: LENGTH_M, start: START });
        return eyeOn(route, MOST_STEPS);
      }),
    );
  },
};

const isField = (name: string): name is DrivingField => Object.hasOwn(FIELD_TYPES, name);

function openDrives(all: readonly Eye[]): Episodes {
  const numberOf = new Map(all.map(({ drive }, number) => [drive, number]));
  let running = all;
  let moment: Moment = takeIn(running);
  return {
    get running() {
      return running.length;
    },
    get numbers() {
      return running.map(({ drive }) => numberOf.get(drive) ?? -1);
    },
    view: viewFromAbove(() => running.map(({ drive }) => drive)),
    field: (name) => {
      if (!isField(name)) throw new Error(`driving: there is no field ${name}`);
      return moment.field(name);
    },
    mistaken: ({ steering }) => {
      const wanted = moment.field("steering").data;
      return running.map((_, k) => Math.abs((steering?.data[k] ?? 0) - (wanted[k] ?? 0)) > MISTAKE);
    },
    act: ({ steering, throttle }) => {
      running.forEach(({ drive }, k) => {
        drive.step(steering?.data[k] ?? 0, throttle?.data[k] ?? 0);
      });
      running = running.filter(({ drive }) => drive.end === undefined);
      moment = takeIn(running);
    },
    outcomes: () =>
      all.map(({ drive: { end, completion, offRoadShare, sidewaysJerk } }) => ({
        success: end === "arrived" && offRoadShare <= MOST_OFF_ROAD,
        completion,
        harm: end === "collided",
        violation: offRoadShare,
        roughness: sidewaysJerk,
      })),
  };
}
