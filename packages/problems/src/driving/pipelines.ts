import type { LinkDocument, StageDocument } from "@seams/core";
import type { PipelineDefinition } from "../problem";
import { DRIVING_STAGES } from "./expert";
import { OVERLAP_PX, TILES } from "./fields";

type Part = Pick<PipelineDefinition, "stages" | "links" | "layout">;

const camera: StageDocument = { kind: "field", params: { field: "camera" } };
const speed: StageDocument = { kind: "field", params: { field: "speed" } };
const eyes = { filters: [8, 16], kernelSize: 3, pool: 2 } as const;

/** Both answers, from the stage that gives the commands. */
const answers = (from: string, x: number): Part => ({
  stages: {
    steering: { kind: "answer", params: { field: "steering" } },
    throttle: { kind: "answer", params: { field: "throttle" } },
  },
  links: [
    { from: `${from}.steering`, to: "steering.value" },
    { from: `${from}.throttle`, to: "throttle.value" },
  ],
  layout: { steering: [x, 60], throttle: [x, 200] },
});

const sources: Part = {
  stages: { camera, speed },
  links: [],
  layout: { camera: [0, 120], speed: [0, 320] },
};

/** Things on the road by a detector that looks at one tile after another, and where they stand. */
const detection: Part = {
  stages: {
    tiles: {
      kind: "crop",
      title: "Tiles",
      params: { mode: "grid", rows: 1, columns: TILES, overlap: OVERLAP_PX },
    },
    detect: {
      kind: "shared-trunk",
      title: "Detect things",
      params: {
        ...eyes,
        filters: [6, 12],
        hidden: [32],
        each: true,
        heads: { exists: { label: "exists" }, boxes: { label: "boxes" }, what: { label: "what" } },
      },
    },
    locate: { ...DRIVING_STAGES.locate, title: "Where they stand" },
  },
  links: [
    { from: "camera.value", to: "tiles.image" },
    { from: "tiles.output", to: "detect.input" },
    { from: "detect.exists", to: "locate.exists" },
    { from: "detect.boxes", to: "locate.boxes" },
    { from: "detect.what", to: "locate.what" },
  ],
  layout: { tiles: [260, 0], detect: [520, 0], locate: [780, 0] },
};

/** Things on the road by the beams of the range sensor. Nothing of it is learned. */
const scanning: Part = {
  stages: {
    ranges: { kind: "field", params: { field: "ranges" } },
    scan: { ...DRIVING_STAGES.scan, title: "What beams meet" },
  },
  links: [{ from: "ranges.value", to: "scan.ranges" }],
  layout: { ranges: [520, 0], scan: [780, 0] },
};

/** How the vehicle stands in its lane, and the lane's middle ahead. */
const laneFinding: Part = {
  stages: {
    lane: {
      kind: "shared-trunk",
      title: "Find the lane",
      params: {
        ...eyes,
        hidden: [32],
        heads: {
          offset: { label: "offset" },
          heading: { label: "heading" },
          curvature: { label: "curvature" },
        },
      },
    },
    middle: { ...DRIVING_STAGES.lane, title: "Draw the lane" },
  },
  links: [
    { from: "camera.value", to: "lane.input" },
    { from: "lane.offset", to: "middle.offset" },
    { from: "lane.heading", to: "middle.heading" },
    { from: "lane.curvature", to: "middle.curvature" },
  ],
  layout: { lane: [520, 220], middle: [780, 220] },
};

/** The control law: along the path, at the pace. */
const control = (x: number): Part => ({
  stages: { follow: { ...DRIVING_STAGES.follow, title: "Follow the path" } },
  links: [{ from: "speed.value", to: "follow.speed" }],
  layout: { follow: [x, 120] },
});

/** Parts beside each other as one pipeline; `links` join them. */
function joined(parts: readonly Part[], links: readonly LinkDocument[]): Part {
  return {
    stages: Object.assign({}, ...parts.map(({ stages }) => stages)),
    links: [...parts.flatMap((part) => part.links), ...links],
    layout: Object.assign({}, ...parts.map(({ layout }) => layout)),
  };
}

const followed: readonly LinkDocument[] = [
  { from: "plan.path", to: "follow.path" },
  { from: "plan.pace", to: "follow.pace" },
];
/** Of the stage that lists the things on the road. */
const plannedFrom = (things: string): readonly LinkDocument[] => [
  { from: "middle.output", to: "plan.lane" },
  { from: `${things}.output`, to: "plan.objects" },
  { from: "speed.value", to: "plan.speed" },
  ...followed,
];
/** The motion planner. */
const planning: Part = {
  stages: { plan: { ...DRIVING_STAGES.plan, title: "Plan a path" } },
  links: [],
  layout: { plan: [1040, 120] },
};

/** One network from the image and the speed to both commands. */
const driver = (more: Readonly<Record<string, unknown>> = {}): Part =>
  joined(
    [
      sources,
      {
        stages: {
          drive: {
            kind: "shared-trunk",
            title: "Drive",
            params: {
              ...eyes,
              hidden: [64],
              inputs: ["camera", "speed"],
              heads: { steering: { label: "steering" }, throttle: { label: "throttle" } },
              ...more,
            },
          },
        },
        links: [
          { from: "camera.value", to: "drive.camera" },
          { from: "speed.value", to: "drive.speed" },
        ],
        layout: { drive: [260, 120] },
      },
      answers("drive", 520),
    ],
    [],
  );

const endToEnd: PipelineDefinition = {
  title: "End to end",
  description:
    "One network from the image and the speed to both commands. It learns from what the expert did and needs no other label.",
  ...driver(),
};

const aggregated: PipelineDefinition = {
  title: "End to end with DAgger",
  description:
    "The same network drives, an expert says what it would have done at moments of these drives, and it is trained again, four times over. Every answer of the expert is a label more, on top of the budget.",
  ...driver({ aggregate: { rounds: 4, share: 0.25 } }),
};

const waypoints: PipelineDefinition = {
  title: "Waypoints, then control",
  description:
    "One network from the image to the path and the pace, then a control law. It needs the path that the expert meant to drive.",
  ...joined(
    [
      sources,
      {
        stages: {
          plan: {
            kind: "shared-trunk",
            title: "See a path",
            params: {
              ...eyes,
              hidden: [64],
              inputs: ["camera", "speed"],
              heads: { path: { label: "path" }, pace: { label: "pace" } },
            },
          },
        },
        links: [
          { from: "camera.value", to: "plan.camera" },
          { from: "speed.value", to: "plan.speed" },
        ],
        layout: { plan: [260, 120] },
      },
      control(520),
      answers("follow", 780),
    ],
    followed,
  ),
};

const decomposed: PipelineDefinition = {
  title: "Detect, plan, control",
  description:
    "Networks detect things and find the lane; geometry, a motion planner and a control law do the rest. It needs boxes and lane labels, and nothing that the expert did.",
  ...joined(
    [sources, detection, laneFinding, planning, control(1300), answers("follow", 1560)],
    plannedFrom("locate"),
  ),
};

const ranged: PipelineDefinition = {
  title: "Range sensor, plan, control",
  description:
    "As detect, plan, control, with a range sensor in the detector's place: it needs lane labels only, and what it measures doesn't change with the weather.",
  ...joined(
    [sources, scanning, laneFinding, planning, control(1300), answers("follow", 1560)],
    plannedFrom("scan"),
  ),
};

const learnedPlanner: PipelineDefinition = {
  title: "Detect, learned plan, control",
  description:
    "As detect, plan, control, with a network in the planner's place, which learns from the paths that the expert meant to drive.",
  ...joined(
    [
      sources,
      detection,
      laneFinding,
      {
        stages: {
          plan: {
            kind: "shared-trunk",
            title: "Learn to plan",
            params: {
              hidden: [64, 64],
              inputs: ["lane", "objects", "speed"],
              heads: { path: { label: "path" }, pace: { label: "pace" } },
            },
          },
        },
        links: [],
        layout: { plan: [1040, 120] },
      },
      control(1300),
      answers("follow", 1560),
    ],
    plannedFrom("locate"),
  ),
};

/** The pipelines of driving, by name. */
export const pipelines = {
  "end-to-end": endToEnd,
  waypoints,
  "detect-plan-control": decomposed,
  "learned-planner": learnedPlanner,
  "range-sensor": ranged,
  dagger: aggregated,
};
