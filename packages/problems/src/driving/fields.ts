import type { FieldTypeOf } from "@seams/core";

/** The image is cut into so many tiles from left to right; each may show one thing. */
export const TILES = 8;
/** Pixels that a tile's view shows beyond the tile at each side: a thing whose middle is in a tile may be much wider. */
export const OVERLAP_PX = 4;
/** Points of a path, and the distance from one to the next straight ahead, in m. */
export const PATH_POINTS = 8;
export const PATH_SPACING_M = 3;
/** Height and width of the camera's image. */
export const IMAGE_PX = 32;

/** Beams of the range sensor, from left to right over the camera's view. */
export const BEAMS = 32;

/** Classes of `exists`; the second says that a tile shows a thing. */
export const EXISTS = ["no", "yes"] as const;
/** What stands or moves in the way. */
export const THINGS = ["barrier", "cart"] as const;

const METRES = { is: "scalar", unit: "m" } as const satisfies FieldTypeOf<"scalar">;
const COMMAND = { is: "scalar", low: -1, high: 1 } as const satisfies FieldTypeOf<"scalar">;
const tiles = <Of extends FieldTypeOf<"label"> | FieldTypeOf<"box">>(of: Of) =>
  ({ is: "sequence", of, maxLength: TILES }) as const;

/** Every field of a moment on the road. Left is positive everywhere. */
export const FIELD_TYPES = {
  camera: { is: "image", heightPx: IMAGE_PX, widthPx: IMAGE_PX, channels: 1 },
  speed: { is: "scalar", unit: "m/s" },
  ranges: { is: "vector", size: BEAMS },
  exists: tiles({ is: "label", classes: [...EXISTS] }),
  boxes: tiles({ is: "box" }),
  what: tiles({ is: "label", classes: [...THINGS] }),
  offset: METRES,
  heading: { is: "scalar", unit: "rad" },
  curvature: { is: "scalar", unit: "1/m" },
  path: { is: "vector", size: PATH_POINTS },
  pace: { is: "scalar", unit: "m/s" },
  steering: COMMAND,
  throttle: COMMAND,
} as const;

/** Name of a field. */
export type DrivingField = keyof typeof FIELD_TYPES;
