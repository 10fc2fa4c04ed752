import type { Column, EpisodesView, FieldType, ScenePoint, SceneShape } from "@seams/core";
import type { Drive } from "./drive";
import { VEHICLE } from "./drive";
import { PATH_POINTS, PATH_SPACING_M, TILES } from "./fields";
import { at, ROAD_HALF_M } from "./road";

/** What is ahead of the vehicle and behind it that is worth seeing, in m. */
const SIGHT_M = 45;
/** Numbers that say where a thing stands: metres ahead, metres left, half its width, its speed. */
const PLACE_NUMBERS = 4;
/** The body behind the rear axle and before the front one, in m. */
const OVERHANG_M = 0.7;

/** Drives on their roads, seen from above, in metres. */
export function viewFromAbove(running: () => readonly Drive[]): EpisodesView {
  const driveIn = (row: number): Drive => {
    const drive = running()[row];
    if (drive === undefined) throw new Error(`driving: nobody drives in row ${row}`);
    return drive;
  };
  return {
    ground: (row) => roadOf(driveIn(row)),
    moment: (row) => {
      const drive = driveIn(row);
      const { x, y, heading, speed, d, s } = drive;
      return {
        centre: { x, y, heading },
        shapes: [...thingsOf(drive), bodyOf(drive)],
        words: `${Math.round(s)} m on the way at ${speed.toFixed(1)} m/s, ${Math.abs(d).toFixed(1)} m ${d < 0 ? "right" : "left"} of the middle`,
      };
    },
    draw: (value, row) => drawValue(value, row, driveIn(row)),
  };
}

function roadOf({ route: { road, lengthM } }: Drive): readonly SceneShape[] {
  const side = (d: number): ScenePoint[] =>
    Array.from({ length: lengthM + SIGHT_M + 1 }, (_, k) => {
      const s = k - 5;
      const heading = at(road.heading, s);
      return [
        round(at(road.x, s) - Math.sin(heading) * d),
        round(at(road.y, s) + Math.cos(heading) * d),
      ] as const;
    });
  const [left, right] = [side(ROAD_HALF_M), side(-ROAD_HALF_M)];
  return [
    { is: "area", role: "ground", points: [...left, ...right.toReversed()] },
    { is: "line", role: "border", points: left },
    { is: "line", role: "border", points: right },
  ];
}

const thingsOf = (drive: Drive): SceneShape[] =>
  drive.things(drive.s - SIGHT_M, drive.s + SIGHT_M).map(({ x, y, radiusM, speed }) => ({
    is: "disc",
    role: speed > 0 ? "moving-thing" : "thing",
    at: [round(x), round(y)],
    radius: radiusM,
  }));

function bodyOf(drive: Drive): SceneShape {
  const { halfWidthM, wheelbaseM } = VEHICLE;
  const corners: readonly ScenePoint[] = [
    [-OVERHANG_M, halfWidthM],
    [wheelbaseM + OVERHANG_M, halfWidthM],
    [wheelbaseM + OVERHANG_M, -halfWidthM],
    [-OVERHANG_M, -halfWidthM],
  ];
  return { is: "area", role: "self", points: corners.map((corner) => inWorld(corner, drive)) };
}

/** Paths and places of things are in the vehicle's own frame; everything else has no place on the road. */
function drawValue(value: Column, row: number, drive: Drive): readonly SceneShape[] {
  if (isPath(value.type)) {
    const points = Array.from({ length: PATH_POINTS }, (_, k): ScenePoint => {
      const left = value.data[row * PATH_POINTS + k] ?? 0;
      return inWorld([(k + 1) * PATH_SPACING_M, left], drive);
    });
    return [{ is: "line", role: "plan", points: [inWorld([0, 0], drive), ...points] }];
  }
  if (!isPlaces(value.type)) return [];
  const count = Math.max(0, value.lengths?.[row] ?? 0);
  return Array.from({ length: count }, (_, k): SceneShape => {
    const start = (row * TILES + k) * PLACE_NUMBERS;
    const [ahead = 0, left = 0, half = 0] = value.data.subarray(start, start + PLACE_NUMBERS);
    return { is: "disc", role: "believed", at: inWorld([ahead, left], drive), radius: Math.max(half, 0.3) };
  });
}

const isPath = (type: FieldType): boolean => type.is === "vector" && type.size === PATH_POINTS;
const isPlaces = (type: FieldType): boolean =>
  type.is === "sequence" &&
  type.maxLength === TILES &&
  type.of.is === "vector" &&
  type.of.size === PLACE_NUMBERS;

/** A point ahead and to the left of the rear axle, on the map. */
function inWorld([ahead, left]: ScenePoint, { x, y, heading }: Drive): ScenePoint {
  const [cos, sin] = [Math.cos(heading), Math.sin(heading)];
  return [round(x + cos * ahead - sin * left), round(y + sin * ahead + cos * left)];
}

/** To the centimetre: nobody sees more, and it is sent a hundred times. */
const round = (metres: number): number => Math.round(metres * 100) / 100;
