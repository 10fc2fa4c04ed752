import { type Column, type Stream, valuesPerRecord } from "@seams/core";
import { fullColumn } from "../columns";
import { labelTile, render, type Seen, thingsInSight } from "./camera";
import { Drive } from "./drive";
import { askExpert } from "./expert";
import { BEAMS, type DrivingField, EXISTS, FIELD_TYPES, IMAGE_PX, TILES } from "./fields";
import { scan } from "./ranges";
import { at, meanCurvature } from "./road";
import type { Route } from "./route";

/** Stretch of road whose bend is labelled as one curvature, in m. */
const BEND_AHEAD_M = 16;

/** A vehicle, and the noise of its sensors: of each its own, so that what one sees doesn't depend on who else is asked. */
export interface Eye {
  readonly drive: Drive;
  readonly noise: Stream;
  readonly rangeNoise: Stream;
}

/** A vehicle at the start of a route. */
export const eyeOn = (route: Route, mostSteps: number): Eye => ({
  drive: new Drive(route, mostSteps),
  noise: route.noise(),
  rangeNoise: route.rangeNoise(),
});

/** What is to be known of several vehicles at one moment. Every field is worked out when it is first asked for. */
export interface Moment {
  field(name: DrivingField): Column;
}

/** Takes in the moment. The drives must not be moved while fields are still asked for. */
export function takeIn(eyes: readonly Eye[]): Moment {
  const known = new Map<DrivingField, Column>();
  const keep = (columns: Readonly<Record<string, Column>>, name: DrivingField): Column => {
    for (const [field, column] of Object.entries(columns)) known.set(field as DrivingField, column); // keys of FIELD_TYPES
    const column = known.get(name);
    if (column === undefined) throw new Error(`driving: there is no field ${name}`);
    return column;
  };
  const moment: Moment = { field: (name) => known.get(name) ?? keep(seeField(name, eyes, moment), name) };
  return moment;
}

/** The fields that come to light together with the one that is asked for. */
function seeField(
  name: DrivingField,
  eyes: readonly Eye[],
  moment: Moment,
): Readonly<Record<string, Column>> {
  switch (name) {
    case "camera":
      return { camera: photograph(eyes) };
    case "speed":
      return { speed: scalars("speed", eyes, ({ speed }) => speed) };
    case "ranges":
      return { ranges: measureRanges(eyes) };
    case "exists":
    case "boxes":
    case "what":
      return labelTiles(eyes.map(({ drive }) => thingsInSight(drive)));
    case "offset":
      return { offset: scalars("offset", eyes, ({ d }) => d) };
    case "heading":
      return {
        heading: scalars("heading", eyes, ({ heading, s, route }) => heading - at(route.road.heading, s)),
      };
    case "curvature":
      return {
        curvature: scalars("curvature", eyes, ({ s, route }) => meanCurvature(route.road, s, BEND_AHEAD_M)),
      };
    case "path":
    case "pace":
    case "steering":
    case "throttle":
      return askExpert(
        Object.fromEntries(
          (["exists", "boxes", "what", "offset", "heading", "curvature", "speed"] as const).map((field) => [
            field,
            moment.field(field),
          ]),
        ),
      );
  }
}

const scalars = (name: DrivingField, eyes: readonly Eye[], value: (drive: Drive) => number): Column =>
  fullColumn(
    FIELD_TYPES[name],
    Float32Array.from(eyes, ({ drive }) => value(drive)),
  );

function photograph(eyes: readonly Eye[]): Column {
  const pixels = IMAGE_PX * IMAGE_PX;
  const data = new Float32Array(eyes.length * pixels);
  eyes.forEach(({ drive, noise }, k) => {
    render(drive, noise, data.subarray(k * pixels, (k + 1) * pixels));
  });
  return fullColumn(FIELD_TYPES.camera, data);
}

function measureRanges(eyes: readonly Eye[]): Column {
  const data = new Float32Array(eyes.length * BEAMS);
  eyes.forEach(({ drive, rangeNoise }, k) =>
    scan(drive, rangeNoise, data.subarray(k * BEAMS, (k + 1) * BEAMS)),
  );
  return fullColumn(FIELD_TYPES.ranges, data);
}

/** `boxes` and `what` are missing where a tile shows nothing. */
function labelTiles(seen: readonly (readonly Seen[])[]): Readonly<Record<string, Column>> {
  const rows = seen.length;
  const empty = (name: "exists" | "boxes" | "what"): Column & { readonly present: Uint8Array } => ({
    type: FIELD_TYPES[name],
    rows,
    data: new Float32Array(rows * valuesPerRecord(FIELD_TYPES[name])),
    present: new Uint8Array(rows * TILES),
    lengths: new Int32Array(rows).fill(TILES),
  });
  const [exists, boxes, what] = [empty("exists"), empty("boxes"), empty("what")];
  exists.present.fill(1);
  seen.forEach((things, row) => {
    for (let tile = 0; tile < TILES; tile++) {
      const label = labelTile(things, tile);
      if (label === undefined) continue;
      const slot = row * TILES + tile;
      exists.data[slot] = EXISTS.indexOf("yes");
      boxes.data.set(label.box, 4 * slot);
      what.data[slot] = label.what;
      boxes.present[slot] = 1;
      what.present[slot] = 1;
    }
  });
  return { exists, boxes, what };
}
