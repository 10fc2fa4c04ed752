import { type Column, type SplitName, valuesPerRecord } from "@seams/core";
import type { Records } from "../data-hash";
import { type DrivingField, FIELD_TYPES } from "./fields";
import { type Eye, eyeOn, takeIn } from "./moment";
import { makeRoute, TRAINING_TOWN } from "./route";

/** Moments of one drive, and steps from one to the next. */
export const MOMENTS = 8;
const STEPS_BETWEEN = 6;

/** Drives by part of the split. A drive's moments are a group: all of them are on one side. */
const DRIVES = { train: 400, validation: 25, test: 125 } as const;
/** Records by part of the split. */
export const DEMONSTRATIONS = {
  train: DRIVES.train * MOMENTS,
  validation: DRIVES.validation * MOMENTS,
  test: DRIVES.test * MOMENTS,
} as const;

/** Far enough for the camera at the last moment. */
const LENGTH_M = 60;
/**
 * How badly a demonstration may begin: what the expert does beside the middle is seen by every pipeline. Without it all
 * of them would only know how to go on, and not how to come back.
 */
const START = { d: 2.5, heading: 0.25, slow: 5 } as const;
/** Drives in which the expert comes to harm, or gets stuck, are no demonstrations; so many more are begun. */
const SPARE = 40;

/** All demonstrations in order of the split, whole drives after another. */
export function recordDemonstrations(): Records {
  const parts: readonly SplitName[] = ["train", "validation", "test"];
  const wanted = DRIVES.train + DRIVES.validation + DRIVES.test;
  const eyes = Array.from({ length: wanted + SPARE }, (_, number): Eye => {
    const route = makeRoute(TRAINING_TOWN, {
      purpose: "demonstration",
      number,
      lengthM: LENGTH_M,
      start: START,
    });
    return eyeOn(route, Infinity);
  });
  const moments = driveAll(eyes);
  const good = eyes.flatMap(({ drive }, k) => (drive.end === undefined && drive.speed > 0 ? [k] : []));
  if (good.length < wanted)
    throw new Error(`driving: only ${good.length} of ${wanted} demonstrations went well`);
  const rows = wanted * MOMENTS;
  const chosen = Int32Array.from({ length: rows }, (_, row) => good[Math.floor(row / MOMENTS)] ?? 0);
  const columns = Object.fromEntries(
    FIELDS.map((name) => [
      name,
      interleave(
        name,
        moments.map((moment) => moment[name]),
        chosen,
      ),
    ]),
  );
  return {
    rows,
    columns,
    split: parts.flatMap((part) => Array.from({ length: DEMONSTRATIONS[part] }, () => part)),
    groups: chosen.map((_, row) => Math.floor(row / MOMENTS)),
  };
}

// The keys of an object literal are its own.
const FIELDS = Object.keys(FIELD_TYPES) as DrivingField[];

type MomentColumns = Readonly<Record<DrivingField, Column>>;

/** Lets the expert drive, and notes every field of every moment. */
function driveAll(eyes: readonly Eye[]): readonly MomentColumns[] {
  const moments: MomentColumns[] = [];
  for (let step = 0; moments.length < MOMENTS; step++) {
    const moment = takeIn(eyes);
    if (step % STEPS_BETWEEN === 0) {
      // One entry for each name of FIELDS, which are all there are.
      moments.push(Object.fromEntries(FIELDS.map((name) => [name, moment.field(name)])) as MomentColumns);
    }
    const [steering, throttle] = [moment.field("steering"), moment.field("throttle")];
    eyes.forEach(({ drive }, k) => {
      drive.step(steering.data[k] ?? 0, throttle.data[k] ?? 0);
    });
  }
  return moments;
}

/** One column of the chosen drives' moments, drive by drive, from one column a moment. */
function interleave(name: DrivingField, moments: readonly Column[], drives: Int32Array): Column {
  const type = FIELD_TYPES[name];
  const rows = drives.length;
  const values = valuesPerRecord(type);
  const slots = (moments[0]?.present.length ?? 0) / (moments[0]?.rows ?? 1);
  const data = new Float32Array(rows * values);
  const present = new Uint8Array(rows * slots);
  drives.forEach((drive, row) => {
    const moment = moments[row % MOMENTS];
    if (moment === undefined) return;
    data.set(moment.data.subarray(drive * values, (drive + 1) * values), row * values);
    present.set(moment.present.subarray(drive * slots, (drive + 1) * slots), row * slots);
  });
  if (type.is !== "sequence") return { type, rows, data, present };
  return { type, rows, data, present, lengths: new Int32Array(rows).fill(type.maxLength) };
}
