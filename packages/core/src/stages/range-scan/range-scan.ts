import * as z from "zod";
import { type Column, valuesPerRecord } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { defineAlgorithm, OUTPUT } from "../define";
import { isThere } from "../fill-rows";
import { OBJECT_SIZE } from "../ground-plane/stand-on-ground";
import { A_VECTOR, checkPorts } from "../port-check";
import { type Scanner, thingsInScan } from "./things-in-scan";

/** Says where things stand from the distances that a range sensor measures. */
export const rangeScan = defineAlgorithm({
  kind: "range-scan",
  version: 1,
  title: "Range scan",
  doc: {
    summary: "Lists the things that a range sensor's beams meet by where they stand, the nearest first.",
    when: "A sensor measures distances, and what a thing is doesn't matter. It tells no classes, and takes things that touch for one.",
    example: { fieldOfView: 110, farthest: 22, gap: 1.5 },
  },
  params: z.strictObject({
    fieldOfView: z.number().min(10).max(360).default(110).meta({
      title: "Field of view",
      help: "From the leftmost beam's left edge to the rightmost's right.",
      unit: "°",
    }),
    farthest: z.number().min(1).max(500).default(30).meta({
      title: "Farthest",
      help: "What a beam reads that meets nothing. Things from there on are left out.",
      unit: "m",
    }),
    gap: z.number().min(0).max(50).default(1.5).meta({
      title: "Gap",
      help: "How far apart neighbouring beams may read and still show one thing.",
      unit: "m",
    }),
    most: z.int().min(1).max(64).default(8).meta({
      title: "Most",
      help: "So many things are listed, the nearest of them.",
      unit: "things",
    }),
    speed: z.number().min(-50).max(50).default(0).meta({
      title: "Speed",
      help: "How fast a thing is taken to move along the lane: distances alone don't say.",
      unit: "m/s",
    }),
  }),
  inputs: () => [{ name: "ranges", accepts: "a vector: metres along each beam, the leftmost first" }],
  outputs: () => [{ name: OUTPUT }],
  infer: ({ id, params, inputs }) => {
    const diagnostics = checkPorts(id, inputs, { ranges: A_VECTOR });
    if (diagnostics.length > 0) return { value: undefined, diagnostics };
    const of = { is: "vector", size: OBJECT_SIZE } as const;
    return { value: { [OUTPUT]: { is: "sequence", of, maxLength: params.most } }, diagnostics };
  },
  run: ({ params, inputs: { ranges }, outputs }) => {
    const type = outputs[OUTPUT];
    if (ranges === undefined || type?.is !== "sequence") {
      throw new Error("range-scan: run before its input and output were checked");
    }
    return { [OUTPUT]: listThings(ranges, type, params) };
  },
  // A comparison a beam, a sine and a cosine a thing.
  flops: ({ most }, { ranges }) => (ranges?.is === "vector" ? 4 * ranges.size + 50 * most : 0),
  gradient: () => "blocked",
});

function listThings(
  ranges: Column,
  type: Extract<FieldType, { is: "sequence" }>,
  { speed, ...scanner }: Scanner & { readonly speed: number },
): Column {
  const { rows } = ranges;
  const most = type.maxLength;
  const beams = valuesPerRecord(ranges.type);
  const data = new Float32Array(rows * valuesPerRecord(type));
  const present = new Uint8Array(rows * most);
  const lengths = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    if (!isThere(ranges, row)) continue;
    const found = thingsInScan(ranges.data.subarray(row * beams, (row + 1) * beams), scanner).slice(0, most);
    found.forEach(({ ahead, left, halfWidth }, k) => {
      data.set([ahead, left, halfWidth, speed], (row * most + k) * OBJECT_SIZE);
    });
    present.fill(1, row * most, row * most + found.length);
    lengths[row] = found.length;
  }
  return { type, rows, data, present, lengths };
}
