import { type Column, standardStages, type FieldType } from "@seams/core";
import { CAMERA } from "./camera";
import { FIELD_TYPES, IMAGE_PX, OVERLAP_PX, PATH_POINTS, PATH_SPACING_M, TILES } from "./fields";
import { VEHICLE } from "./drive";
import { SCANNER } from "./ranges";

/** Params of the stages that drive, the same for the expert and for pipelines that use them. */
export const DRIVING_STAGES = {
  locate: {
    kind: "ground-plane",
    params: { ...CAMERA, overlap: (OVERLAP_PX * TILES) / IMAGE_PX, speeds: [0, 1.4] },
  },
  scan: { kind: "range-scan", params: { ...SCANNER, most: TILES, speed: 0.5 } },
  lane: { kind: "arc-points", params: { points: PATH_POINTS, spacing: PATH_SPACING_M } },
  plan: {
    kind: "lattice-planner",
    params: { spacing: PATH_SPACING_M, halfWidth: 3.5, vehicle: VEHICLE.halfWidthM, cruise: 7 },
  },
  follow: {
    kind: "path-follower",
    params: {
      spacing: PATH_SPACING_M,
      wheelbase: VEHICLE.wheelbaseM,
      mostSteering: (VEHICLE.mostSteeringRad * 180) / Math.PI,
    },
  },
} as const;

/** Columns by port or field. */
type Columns = Readonly<Record<string, Column>>;

const OBJECTS: FieldType = {
  is: "sequence",
  of: { is: "vector", size: 4 },
  maxLength: TILES,
};

/**
 * The expert: the algorithm stages of the gallery's own pipeline, fed with the truth. What it does depends only on what
 * a camera could show at that moment.
 *
 * @param truth exists, boxes, what, offset, heading, curvature and speed
 * @returns path, pace, steering and throttle
 */
export function askExpert(truth: Columns): Columns {
  const { exists, boxes, what, offset, heading, curvature, speed } = truth;
  const located = run("locate", pick({ exists, boxes, what }), { output: OBJECTS });
  const lane = run("lane", pick({ offset, heading, curvature }), { output: FIELD_TYPES.path });
  const { path, pace } = run("plan", pick({ lane: lane["output"], objects: located["output"], speed }), {
    path: FIELD_TYPES.path,
    pace: FIELD_TYPES.pace,
  });
  const { steering, throttle } = FIELD_TYPES;
  const commands = run("follow", pick({ path, pace, speed }), { steering, throttle });
  return { ...pick({ path, pace }), ...commands };
}

function run(
  stage: keyof typeof DRIVING_STAGES,
  inputs: Columns,
  outputs: Readonly<Record<string, FieldType>>,
): Columns {
  const { kind: name, params } = DRIVING_STAGES[stage];
  const kind = standardStages.get(name);
  if (kind?.role !== "algorithm") throw new Error(`expert: there is no algorithm ${name}`);
  return kind.run({ params: kind.params.parse(params), inputs, outputs });
}

function pick(columns: Readonly<Record<string, Column | undefined>>): Columns {
  const known: Record<string, Column> = {};
  for (const [name, column] of Object.entries(columns)) {
    if (column === undefined) throw new Error(`expert: ${name} is missing`);
    known[name] = column;
  }
  return known;
}
