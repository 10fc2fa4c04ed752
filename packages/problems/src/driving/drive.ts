import { at, placeOnRoad, ROAD_HALF_M } from "./road";
import type { Route, Thing } from "./route";

/** Seconds from one moment to the next. */
export const STEP_S = 0.1;

/** The vehicle: a bicycle model, its reference the rear axle. */
export const VEHICLE = {
  wheelbaseM: 2.6,
  halfWidthM: 0.95,
  mostSteeringRad: (30 * Math.PI) / 180,
  /** How fast the wheels turn, in rad/s. */
  steeringRate: 1.2,
  /** m/s² at full throttle and at full brake. */
  accelerate: 2.5,
  brake: 6,
} as const;

/** Metres from the rear axle of the circles that the vehicle's body is made of. */
const BODY_M = [0, 1.3, 2.6];
/** A vehicle so far from the middle doesn't come back. */
const LOST_M = 9;
/** A cart waits while something is so close ahead of it. */
const CART_GAP_M = 16;

/** How a drive ended. */
export type DriveEnd = "arrived" | "collided" | "lost" | "out-of-time";

/** Where something on the road is now. */
export interface PlacedThing extends Thing {
  readonly x: number;
  readonly y: number;
}

/** A vehicle on a route, moved by commands. Deterministic: same route and commands, same bits. */
export class Drive {
  x: number;
  y: number;
  heading: number;
  speed: number;
  /** Place on the road. */
  s = 0;
  d: number;
  steps = 0;
  end: DriveEnd | undefined;
  /** Angle of the front wheels. */
  #wheels = 0;
  #offRoadSteps = 0;
  #sidewaysJerk = 0;
  #sideways = 0;
  readonly #placesOfThings: Float64Array;

  constructor(
    readonly route: Route,
    readonly mostSteps: number,
  ) {
    const { road, start, things } = route;
    const heading = at(road.heading, 0);
    this.d = start.d;
    this.heading = heading + start.heading;
    this.x = at(road.x, 0) - Math.sin(heading) * start.d;
    this.y = at(road.y, 0) + Math.cos(heading) * start.d;
    this.speed = start.speed;
    this.#placesOfThings = Float64Array.from(things, ({ s }) => s);
  }

  /** Share of the route that has been driven. */
  get completion(): number {
    return Math.min(1, Math.max(0, this.s / this.route.lengthM));
  }

  /** Share of the time that the vehicle's middle was off the road. */
  get offRoadShare(): number {
    return this.steps === 0 ? 0 : this.#offRoadSteps / this.steps;
  }

  /** Mean size of the change of sideways acceleration, in m/s³. */
  get sidewaysJerk(): number {
    return this.steps === 0 ? 0 : this.#sidewaysJerk / this.steps;
  }

  get offRoadSeconds(): number {
    return this.#offRoadSteps * STEP_S;
  }

  /** What is on the road between these places, where it is now. */
  things(from: number, to: number): PlacedThing[] {
    const { road, things } = this.route;
    const near: PlacedThing[] = [];
    things.forEach((thing, k) => {
      const s = this.#placesOfThings[k] ?? 0;
      if (s < from || s > to) return;
      const heading = at(road.heading, s);
      const x = at(road.x, s) - Math.sin(heading) * thing.d;
      near.push({ ...thing, s, x, y: at(road.y, s) + Math.cos(heading) * thing.d });
    });
    return near;
  }

  /**
   * One step of the bicycle model: ẋ = v cos ψ, ẏ = v sin ψ, ψ̇ = v tan δ / L, by the midpoint of the heading.
   * @param steering −1 … 1 of the wheels' largest angle, left positive
   * @param throttle −1 … 1, negative brakes
   */
  step(steering: number, throttle: number): void {
    if (this.end !== undefined) return;
    const { wheelbaseM, mostSteeringRad, steeringRate, accelerate, brake } = VEHICLE;
    const wished = within(steering) * mostSteeringRad;
    const turn = steeringRate * STEP_S;
    this.#wheels += Math.min(turn, Math.max(-turn, wished - this.#wheels));
    const command = within(throttle);
    this.speed = Math.max(0, this.speed + command * (command > 0 ? accelerate : brake) * STEP_S);
    const turned = (this.speed * Math.tan(this.#wheels) * STEP_S) / wheelbaseM;
    const along = this.heading + turned / 2;
    this.x += this.speed * Math.cos(along) * STEP_S;
    this.y += this.speed * Math.sin(along) * STEP_S;
    this.heading += turned;
    this.#moveThings();
    ({ s: this.s, d: this.d } = placeOnRoad(this.route.road, this.x, this.y, this.s + this.speed * STEP_S));
    this.#note((this.speed * turned) / STEP_S);
    this.end = this.#endNow();
  }

  #note(sideways: number): void {
    this.steps++;
    if (Math.abs(this.d) > ROAD_HALF_M) this.#offRoadSteps++;
    if (this.steps > 1) this.#sidewaysJerk += Math.abs(sideways - this.#sideways) / STEP_S;
    this.#sideways = sideways;
  }

  #moveThings(): void {
    const places = this.#placesOfThings;
    this.route.things.forEach(({ speed }, k) => {
      const place = places[k] ?? 0;
      if (speed > 0 && (places[k + 1] ?? Infinity) - place > CART_GAP_M) places[k] = place + speed * STEP_S;
    });
  }

  #endNow(): DriveEnd | undefined {
    if (this.#touches()) return "collided";
    if (Math.abs(this.d) > LOST_M) return "lost";
    if (this.s >= this.route.lengthM) return "arrived";
    return this.steps >= this.mostSteps ? "out-of-time" : undefined;
  }

  #touches(): boolean {
    const [cos, sin] = [Math.cos(this.heading), Math.sin(this.heading)];
    return this.things(this.s - 4, this.s + 8).some(({ x, y, radiusM }) =>
      BODY_M.some(
        (ahead) =>
          (this.x + ahead * cos - x) ** 2 + (this.y + ahead * sin - y) ** 2 <
          (VEHICLE.halfWidthM + radiusM) ** 2,
      ),
    );
  }
}

/** A command that is no number does nothing. */
const within = (command: number): number =>
  Number.isFinite(command) ? Math.min(1, Math.max(-1, command)) : 0;
