import { seed, stream, type Stream } from "@seams/core";
import type { Drive, PlacedThing } from "./drive";
import { IMAGE_PX, OVERLAP_PX, TILES } from "./fields";
import { at, ROAD_HALF_M } from "./road";

/** The camera above the rear axle: equal angles are equal columns, and it looks level over flat ground. */
export const CAMERA = { fieldOfView: 110, horizon: 0.25, reach: 1.25, farthest: 22 } as const;

/** Image rows per m of height at 1 m distance, by the same focal length that gives `reach` at a height of 1.25 m. */
const FOCAL_PX = IMAGE_PX;
const HORIZON_PX = CAMERA.horizon * IMAGE_PX;
const REACH_PX = CAMERA.reach * IMAGE_PX;
const VIEW_RAD = (CAMERA.fieldOfView * Math.PI) / 180;
/** Angle of one column. */
const COLUMN_RAD = VIEW_RAD / IMAGE_PX;

/** Brightness of what there is to see, before light and noise. */
const GREY = { sky: 0.75, grass: 0.55, road: 0.32, line: 0.85, haze: 0.6 } as const;
/** Of a barrier and of a cart. */
const THING_GREY = [0.08, 0.98] as const;
const EDGE_LINE_M = 0.3;

/** The road's middle in the vehicle's frame: metres left at every half metre ahead. */
const TABLE_M = 0.5;
const TABLE_SIZE = 60;

/** Pixels of sky: everything above the horizon. */
const SKY_PX = Math.ceil(HORIZON_PX) * IMAGE_PX;

/**
 * Of each ground pixel: its place in a table of the road's middle, how far behind that place it is, how far left it is,
 * and the inverse of how much ground it covers sideways. In m.
 */
const GROUND = (() => {
  const count = IMAGE_PX * IMAGE_PX;
  const place = new Int32Array(count);
  const [behind, left, sharp] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  for (let row = Math.ceil(HORIZON_PX); row < IMAGE_PX; row++) {
    const distance = REACH_PX / (row + 0.5 - HORIZON_PX);
    for (let column = 0; column < IMAGE_PX; column++) {
      const angle = (IMAGE_PX / 2 - column - 0.5) * COLUMN_RAD;
      const pixel = row * IMAGE_PX + column;
      const ahead = distance * Math.cos(angle);
      place[pixel] = Math.min(Math.floor(ahead / TABLE_M), TABLE_SIZE);
      behind[pixel] = ahead - (place[pixel] ?? 0) * TABLE_M;
      left[pixel] = distance * Math.sin(angle);
      sharp[pixel] = 1 / (distance * COLUMN_RAD);
    }
  }
  return { place, behind, left, sharp };
})();

/** A thing's rectangle in the image, in pixels, and its distance and place in the vehicle's frame, in m. */
export interface Seen {
  readonly what: number;
  readonly distance: number;
  readonly ahead: number;
  readonly leftM: number;
  readonly radiusM: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What is in sight, the nearest first. */
export function thingsInSight(drive: Drive): readonly Seen[] {
  const [cos, sin] = [Math.cos(drive.heading), Math.sin(drive.heading)];
  return drive
    .things(drive.s - 2, drive.s + 45)
    .flatMap((thing) => seenFrom(drive, thing, cos, sin))
    .sort((a, b) => a.distance - b.distance);
}

function seenFrom(drive: Drive, thing: PlacedThing, cos: number, sin: number): Seen[] {
  const [dx, dy] = [thing.x - drive.x, thing.y - drive.y];
  const [ahead, left] = [cos * dx + sin * dy, cos * dy - sin * dx];
  const distance = Math.sqrt(dx * dx + dy * dy);
  const angle = Math.atan2(left, ahead);
  if (Math.abs(angle) > VIEW_RAD / 2 || distance < 0.5) return [];
  const middle = IMAGE_PX / 2 - angle / COLUMN_RAD;
  const half = Math.atan2(thing.radiusM, distance) / COLUMN_RAD;
  const bottom = HORIZON_PX + REACH_PX / distance;
  return [
    {
      what: thing.what,
      distance,
      ahead,
      leftM: left,
      radiusM: thing.radiusM,
      left: middle - half,
      right: middle + half,
      top: bottom - (FOCAL_PX * thing.heightM) / distance,
      bottom,
    },
  ];
}

/** Standard normal numbers, of which each image takes a stretch: drawing a thousand anew would cost more than all else. */
let noiseTable: Float32Array | undefined;

function noiseNumbers(): Float32Array {
  if (noiseTable === undefined) {
    const random = stream(seed(7), "camera-noise");
    noiseTable = Float32Array.from({ length: 1 << 16 }, () => random.normal());
  }
  return noiseTable;
}

/** Draws what the camera sees into an image of IMAGE_PX² greys from 0 to 1. */
export function render(drive: Drive, random: Stream, image: Float32Array): void {
  const { light, town } = drive.route;
  drawGround(roadAhead(drive), image);
  for (const seen of thingsInSight(drive).toReversed()) drawThing(seen, image);
  const { noise } = town.weather;
  const numbers = noiseNumbers();
  const start = random.integer(numbers.length - image.length);
  for (let k = 0; k < image.length; k++) {
    image[k] = share((image[k] ?? 0) * light + noise * (numbers[start + k] ?? 0));
  }
}

function roadAhead(drive: Drive): Float64Array {
  const { road } = drive.route;
  const table = new Float64Array(TABLE_SIZE).fill(Number.NaN);
  const [cos, sin] = [Math.cos(drive.heading), Math.sin(drive.heading)];
  let [x, y] = [-Infinity, 0];
  let next = 0;
  for (let s = Math.floor(drive.s) - 4; next < TABLE_SIZE && s < drive.s + 45; s++) {
    const [dx, dy] = [at(road.x, s) - drive.x, at(road.y, s) - drive.y];
    const [ahead, left] = [cos * dx + sin * dy, cos * dy - sin * dx];
    for (; next < TABLE_SIZE && next * TABLE_M <= ahead; next++) {
      table[next] = x === -Infinity ? left : y + ((left - y) * (next * TABLE_M - x)) / (ahead - x);
    }
    [x, y] = [ahead, left];
  }
  return table;
}

function drawGround(middle: Float64Array, image: Float32Array): void {
  const { place, behind, left, sharp } = GROUND;
  const slopes = new Float64Array(TABLE_SIZE + 1).fill(Number.NaN);
  const lengths = new Float64Array(TABLE_SIZE + 1);
  for (let k = 0; k + 1 < TABLE_SIZE; k++) {
    const slope = ((middle[k + 1] ?? 0) - (middle[k] ?? 0)) / TABLE_M;
    slopes[k] = slope;
    lengths[k] = 1 / Math.sqrt(1 + slope * slope);
  }
  image.fill(GREY.sky, 0, SKY_PX);
  for (let pixel = SKY_PX; pixel < image.length; pixel++) {
    const k = place[pixel] ?? 0;
    const slope = slopes[k] ?? Number.NaN;
    const across = (left[pixel] ?? 0) - (middle[k] ?? 0) - slope * (behind[pixel] ?? 0);
    const aside = Math.abs(across) * (lengths[k] ?? 0);
    image[pixel] = Number.isNaN(across) ? GREY.haze : greyBeside(aside, sharp[pixel] ?? 0);
  }
}

/** Grass, road or line, mixed where a pixel covers more than one of them. */
function greyBeside(aside: number, sharp: number): number {
  const road = share((ROAD_HALF_M - aside) * sharp + 0.5);
  const inside = share((ROAD_HALF_M - EDGE_LINE_M - aside) * sharp + 0.5);
  return GREY.grass * (1 - road) + GREY.line * (road - inside) + GREY.road * inside;
}

const share = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

function drawThing({ what, left, right, top, bottom }: Seen, image: Float32Array): void {
  const grey = THING_GREY[what] ?? 0;
  for (let row = Math.max(0, Math.floor(top)); row < Math.min(IMAGE_PX, bottom); row++) {
    const high = Math.min(row + 1, bottom) - Math.max(row, top);
    for (let column = Math.max(0, Math.floor(left)); column < Math.min(IMAGE_PX, right); column++) {
      const covered = high * (Math.min(column + 1, right) - Math.max(column, left));
      const pixel = row * IMAGE_PX + column;
      image[pixel] = (image[pixel] ?? 0) * (1 - covered) + grey * covered;
    }
  }
}

const TILE_PX = IMAGE_PX / TILES;
/** A tile's view: itself and this much at each side. */
const VIEW_PX = TILE_PX + 2 * OVERLAP_PX;

/** What a tile shows: the nearest thing whose middle is in it. */
export interface TileLabel {
  readonly what: number;
  /** Centre x, centre y, width, height, as parts of the tile's view. */
  readonly box: readonly [x: number, y: number, width: number, height: number];
}

/** Labels a tile; undefined where it shows nothing that is near enough. */
export function labelTile(seen: readonly Seen[], tile: number): TileLabel | undefined {
  for (const { what, distance, left, right, top, bottom } of seen) {
    const middle = (left + right) / 2 - tile * TILE_PX;
    if (middle < 0 || middle >= TILE_PX || distance > CAMERA.farthest) continue;
    const [high, low] = [Math.max(0, top) / IMAGE_PX, Math.min(IMAGE_PX, bottom) / IMAGE_PX];
    const width = Math.min(1, (right - left) / VIEW_PX);
    return { what, box: [(middle + OVERLAP_PX) / VIEW_PX, (high + low) / 2, width, low - high] };
  }
  return undefined;
}
