import * as z from "zod";
import { valuesPerRecord, type Column } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { defineAlgorithm, OUTPUT } from "../define";
import { isThere } from "../fill-rows";
import { checkPorts, type Expected } from "../port-check";
import { type Camera, OBJECT_SIZE, type Spot, standOnGround } from "./stand-on-ground";

const sequenceOf = (is: FieldType["is"], words: string): Expected => ({
  words,
  fits: (type) => type.is === "sequence" && type.of.is === is,
});
const LABELS = sequenceOf("label", "a sequence of labels");
const BOXES = sequenceOf("box", "a sequence of boxes");

/** Says where on flat ground the things inside boxes stand, from the camera's geometry. */
export const groundPlane = defineAlgorithm({
  kind: "ground-plane",
  version: 1,
  title: "Ground plane",
  doc: {
    summary: "Lists the things inside boxes by where they stand on flat ground, the nearest first.",
    when: "A detector has found boxes, one a tile of the image, and the camera's lens and mounting are known. Of no use where the ground isn't flat.",
    example: { fieldOfView: 110, horizon: 0.25, reach: 1.25, speeds: [0, 1.5] },
  },
  params: z.strictObject({
    fieldOfView: z
      .number()
      .min(10)
      .max(360)
      .default(110)
      .meta({ title: "Field of view", help: "From the left edge of the image to the right.", unit: "°" }),
    horizon: z.number().min(0).max(0.95).default(0.25).meta({
      title: "Horizon",
      help: "Where far ground is seen, as a part of the image's height from the top.",
    }),
    reach: z.number().min(0.01).max(100).default(1.25).meta({
      title: "Reach",
      help: "Distance of ground that is seen one image height below the horizon: the camera's height × its focal length ÷ the image's height.",
      unit: "m",
    }),
    overlap: z.number().min(0).max(16).default(0).meta({
      title: "Overlap",
      help: "What the view that a box was found in shows beyond its own tile at each side, as a part of the tile's width.",
    }),
    farthest: z
      .number()
      .min(1)
      .max(500)
      .default(30)
      .meta({ title: "Farthest", help: "What stands farther away is left out.", unit: "m" }),
    speeds: z.array(z.number().min(-50).max(50)).min(1).max(64).default([0]).meta({
      title: "Speeds",
      help: "How fast a thing of each class usually moves along the lane.",
      unit: "m/s",
    }),
  }),
  inputs: () => [
    { name: "exists", accepts: "a sequence of labels: the second class where a tile shows a thing" },
    {
      name: "boxes",
      accepts: "a sequence of boxes, each in the view of its tile; tiles lie from left to right",
    },
    { name: "what", accepts: "a sequence of labels: the class of each thing" },
  ],
  outputs: () => [{ name: OUTPUT }],
  infer: ({ id, inputs }) => {
    const diagnostics = checkPorts(id, inputs, { exists: LABELS, boxes: BOXES, what: LABELS });
    const { boxes } = inputs;
    if (diagnostics.length > 0) return { value: undefined, diagnostics };
    if (boxes?.is !== "sequence") return { value: {}, diagnostics };
    const of = { is: "vector", size: OBJECT_SIZE } as const;
    return { value: { [OUTPUT]: { is: "sequence", of, maxLength: boxes.maxLength } }, diagnostics };
  },
  run: ({ params, inputs: { exists, boxes, what }, outputs }) => {
    const type = outputs[OUTPUT];
    if (exists === undefined || boxes === undefined || what === undefined || type?.is !== "sequence") {
      throw new Error("ground-plane: run before its inputs and output were checked");
    }
    return { [OUTPUT]: locate({ exists, boxes, what }, type, params) };
  },
  // A sine, a cosine and a dozen products a tile.
  flops: (_, { boxes }) => (boxes?.is === "sequence" ? boxes.maxLength * 50 : 0),
  gradient: () => "blocked",
});

interface Tiles {
  readonly exists: Column;
  readonly boxes: Column;
  readonly what: Column;
}

/** The class of `exists` that says there is a thing. */
const YES = 1;

/** A list of what exists and stands near enough, the nearest first. Tiles of which nothing is known show nothing. */
function locate(
  { exists, boxes, what }: Tiles,
  type: Extract<FieldType, { is: "sequence" }>,
  { speeds, ...camera }: Camera & { readonly speeds: readonly number[] },
): Column {
  const { rows } = boxes;
  const tiles = type.maxLength;
  const data = new Float32Array(rows * valuesPerRecord(type));
  const present = new Uint8Array(rows * tiles);
  const lengths = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    if (![exists, boxes, what].every((column) => isThere(column, row))) continue;
    const found: { readonly spot: Spot; readonly speed: number }[] = [];
    for (let tile = 0; tile < tiles; tile++) {
      const at = row * tiles + tile;
      if (exists.present[at] !== 1 || exists.data[at] !== YES || boxes.present[at] !== 1) continue;
      const box = boxes.data.subarray(4 * at, 4 * at + 4);
      const spot = standOnGround(camera, { tile, tiles, box });
      const speed = (what.present[at] === 1 ? speeds[what.data[at] ?? 0] : speeds[0]) ?? 0;
      if (spot !== undefined) found.push({ spot, speed });
    }
    found.sort((a, b) => a.spot.distance - b.spot.distance);
    found.forEach(({ spot: { ahead, left, halfWidth }, speed }, k) => {
      data.set([ahead, left, halfWidth, speed], (row * tiles + k) * OBJECT_SIZE);
    });
    present.fill(1, row * tiles, row * tiles + found.length);
    lengths[row] = found.length;
  }
  return { type, rows, data, present, lengths };
}
