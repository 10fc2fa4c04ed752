import { OBJECT_SIZE } from "../ground-plane/stand-on-ground";

/** What is known at one moment, in the vehicle's frame. */
export interface Scene {
  /** Metres left of the axis of the lane's middle, at `spacing`, 2 · `spacing`, … ahead. */
  readonly lane: ArrayLike<number>;
  /** OBJECT_SIZE numbers an object: metres ahead, metres left, half width, speed along the lane. */
  readonly objects: ArrayLike<number>;
  /** 1 where an object is there; absent: all are. */
  readonly present: ArrayLike<number> | undefined;
  readonly speed: number;
}

/** What the planner is set by; see the params of the kind. */
export interface PlannerParams {
  readonly spacing: number;
  readonly halfWidth: number;
  readonly step: number;
  readonly transition: number;
  readonly vehicle: number;
  readonly margin: number;
  readonly passing: number;
  readonly cruise: number;
  readonly sideways: number;
  readonly braking: number;
}

/** A path as metres left at `spacing`, 2 · `spacing`, … ahead, and the speed to drive it with. */
export interface Plan {
  readonly path: Float32Array;
  readonly pace: number;
}

/** Costs: of each m into an object, of each m² away from the middle and from where the vehicle is, of lacking room. */
const HIT = 1000;
const ASIDE = 0.6;
const CHANGE = 0.3;
const ROOM = 12;
/** Of each (1/m)² that the way over bends more than `EASY_BEND`, in 1/m. */
const SHARP = 1500;
const EASY_BEND = 0.05;
/** Ways over that are tried: their lengths as parts of `transition`, at cruising speed. */
const LENGTHS = [0.8, 1.5] as const;
/** The slowest speed at which something that moves is thought to be reached, as a part of the cruising speed. */
const CLOSING = 0.4;
/** The shortest length of a way over, at a crawl, as a part of the one at cruising speed. */
const SHORTEST = 0.5;
/** Distance to stop behind what cannot be passed, in m. */
const GAP = 7;
/** Part of the cruising speed with which something is passed. */
const PASSING_PACE = 0.7;

/**
 * Tries paths that end at equal steps left and right of the lane's middle, each with a short and a long way over, and
 * takes the cheapest:
 *
 * cost(o, L) = ASIDE · o² + CHANGE · (o − o₀)² + SHARP · (bend − EASY_BEND)₊²
 *              + Σ over objects of urgency · (ROOM · (margin − room)₊² + HIT · (−room)₊)
 *
 * with o₀ where the vehicle will be one point ahead, bend the strongest of the way over, 6 · |o − o₀| ÷ L², room the
 * least distance between the vehicle's side and the object's while it passes, and urgency min(1, transition ÷ distance)³,
 * since what is farther away can be passed by a later plan. An object with a speed is met where it will be. Of equal
 * costs the one nearer the middle wins, then the left.
 *
 * @see Werling, Ziegler, Kammel, Thrun, Optimal Trajectory Generation for Dynamic Street Scenarios in a Frenét Frame (2010)
 */
export function planLattice(scene: Scene, params: PlannerParams): Plan {
  const { lane } = scene;
  const lanes = laneReader(lane, params.spacing);
  const here = -lanes(params.spacing);
  const met = meetings(scene, lanes, params);
  const pace = Math.min(1, Math.max(SHORTEST, scene.speed / params.cruise));
  let best = { aside: 0, within: params.transition };
  let least = Infinity;
  const most = Math.floor(params.halfWidth / params.step + 1e-9);
  for (let k = 0; k <= 2 * most; k++) {
    const aside = (k % 2 === 1 ? 1 : -1) * Math.ceil(k / 2) * params.step;
    for (const length of LENGTHS) {
      const within = params.transition * length * pace;
      const bend = (6 * Math.abs(aside - here)) / (within * within);
      let cost =
        ASIDE * aside ** 2 + CHANGE * (aside - here) ** 2 + SHARP * Math.max(0, bend - EASY_BEND) ** 2;
      for (let m = 0; m < met.length && cost < least; m++) cost += costOf(met[m], { aside, within }, params);
      if (cost >= least) continue;
      least = cost;
      best = { aside, within };
    }
  }
  const path = Float32Array.from({ length: lane.length }, (_, k) => {
    const x = (k + 1) * params.spacing;
    return lateral((lane[k] ?? 0) + best.aside, x, best.within);
  });
  return { path, pace: paceOf(passageOf(met, best, params), lane, params) };
}

/** From straight on to the wished place, smoothly: y(x) = target · (3u² − 2u³), u = x ÷ within. */
function lateral(target: number, x: number, within: number): number {
  const u = Math.min(Math.max(x / within, 0), 1);
  return target * u * u * (3 - 2 * u);
}

/** The lane's middle anywhere ahead: straight lines between its points, a parabola through the first three before them. */
function laneReader(lane: ArrayLike<number>, spacing: number): (x: number) => number {
  const [a = 0, b = a, c = b] = [lane[0], lane[1], lane[2]];
  const start = 3 * a - 3 * b + c;
  const last = lane.length - 1;
  return (x) => {
    const place = Math.min(Math.max(x / spacing, 0), last + 1);
    const before = Math.min(Math.floor(place), last);
    const from = before === 0 ? start : (lane[before - 1] ?? 0);
    return from + ((lane[before] ?? 0) - from) * (place - before);
  };
}

/** An object where the vehicle will meet it. */
interface Meeting {
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  /** Before, beside and behind it: metres ahead, and the lane's middle there. */
  readonly places: readonly { readonly x: number; readonly middle: number }[];
}

/** Something moving along the lane keeps its place beside the middle, and is met at x · v ÷ (v − its speed). */
function meetings(
  { objects, present, speed }: Scene,
  lane: (x: number) => number,
  { cruise, passing }: PlannerParams,
): readonly Meeting[] {
  const closing = Math.max(speed, CLOSING * cruise, 1e-6);
  const met: Meeting[] = [];
  for (let k = 0; k * OBJECT_SIZE < objects.length; k++) {
    if (present !== undefined && present[k] !== 1) continue;
    const at = k * OBJECT_SIZE;
    const [ahead = 0, left = 0] = [objects[at], objects[at + 1]];
    const [halfWidth = 0, moving = 0] = [objects[at + 2], objects[at + 3]];
    const x = ahead / Math.max(1 - moving / closing, CLOSING);
    const places = [-passing / 2, 0, passing / 2].map((beside) => {
      const place = Math.max(0, x + beside);
      return { x: place, middle: lane(place) };
    });
    met.push({ x, y: left + lane(x) - lane(ahead), halfWidth, places });
  }
  return met;
}

/** A way over: where it ends beside the lane's middle, and how far ahead. */
interface Way {
  readonly aside: number;
  readonly within: number;
}

/** The least distance between the vehicle's side and an object's while it is passed; below 0 it is hit. */
function roomBeside({ y, halfWidth, places }: Meeting, { aside, within }: Way, vehicle: number): number {
  let least = Infinity;
  for (const { x, middle } of places)
    least = Math.min(least, Math.abs(lateral(middle + aside, x, within) - y));
  return least - halfWidth - vehicle;
}

function costOf(met: Meeting | undefined, way: Way, { vehicle, margin, transition }: PlannerParams): number {
  if (met === undefined) return 0;
  const room = roomBeside(met, way, vehicle);
  if (room >= margin) return 0;
  const urgency = Math.min(1, transition / met.x) ** 3;
  return urgency * (ROOM * (margin - room) ** 2 + HIT * Math.max(0, -room));
}

/** How a path lies among the objects that it passes. */
interface Passage {
  /** Something is closer than the margin. */
  readonly isTight: boolean;
  /** Metres to the first object that it does not pass; Infinity where it passes all. */
  readonly blockedAt: number;
}

function passageOf(met: readonly Meeting[], way: Way, { vehicle, margin }: PlannerParams): Passage {
  const rooms = met.map((one) => roomBeside(one, way, vehicle));
  return {
    isTight: rooms.some((room) => room < margin),
    blockedAt: met.reduce((first, { x }, k) => ((rooms[k] ?? 0) < 0 ? Math.min(first, x) : first), Infinity),
  };
}

/** As fast as bends allow, slower where it is tight, and to a stop before what cannot be passed. */
function paceOf(
  { isTight, blockedAt }: Passage,
  lane: ArrayLike<number>,
  { cruise, sideways, spacing, braking }: PlannerParams,
): number {
  let bend = 0;
  for (let k = 1; k + 1 < lane.length; k++) {
    const second = (lane[k + 1] ?? 0) - 2 * (lane[k] ?? 0) + (lane[k - 1] ?? 0);
    bend = Math.max(bend, Math.abs(second) / (spacing * spacing));
  }
  const free = Math.min(isTight ? PASSING_PACE * cruise : cruise, Math.sqrt(sideways / Math.max(bend, 1e-6)));
  return Math.min(free, Math.sqrt(2 * braking * Math.max(blockedAt - GAP, 0)));
}
