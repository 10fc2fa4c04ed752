import * as z from "zod";
import { gridDoesNotDivide } from "../../diagnostics/catalog/params";
import { sequenceNeedsEach, typeMismatch } from "../../diagnostics/catalog/types";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { describeType } from "../../graph/assignable";
import type { FieldType } from "../../graph/field-type";
import type { StageId } from "../../ids";
import { defineAlgorithm, OUTPUT } from "../define";
import { cropBoxes, cutTiles } from "./pixels";

const pixels = z.int().min(1).max(1024).default(32);
const parts = z.int().min(1).max(64);

/** Cuts an image into a grid of tiles, or cuts one box out of it. */
export const crop = defineAlgorithm({
  kind: "crop",
  version: 1,
  title: "Crop",
  doc: {
    summary: "Cuts an image into a grid of equal tiles, or cuts out a box and resizes it.",
    when: "It is known where to look: every place of a grid, or the box that an earlier stage has found.",
    example: { mode: "grid", rows: 1, columns: 2 },
  },
  params: z.strictObject({
    mode: z.enum(["grid", "box"]).default("grid").meta({
      title: "Mode",
      help: "grid: a sequence of tiles, row by row. box: the part of the image inside a box, resized.",
    }),
    rows: parts.default(1).meta({ title: "Rows", help: "Tiles from top to bottom. Grid only." }),
    columns: parts.default(1).meta({ title: "Columns", help: "Tiles from left to right. Grid only." }),
    overlap: z.int().min(0).max(512).default(0).meta({
      title: "Overlap",
      help: "Pixels that each tile shows beyond its own left and right; beyond the image 0. Grid only.",
      unit: "px",
    }),
    heightPx: pixels.meta({ title: "Height", unit: "px", help: "Of the output. Box only." }),
    widthPx: pixels.meta({ title: "Width", unit: "px", help: "Of the output. Box only." }),
  }),
  inputs: ({ mode }) => [
    { name: "image", accepts: "an image" },
    ...(mode === "box" ? [{ name: "box", accepts: "a box" }] : []),
  ],
  outputs: () => [{ name: OUTPUT }],
  infer: ({ id, params, inputs }) => {
    const image = checkType(id, "image", inputs["image"]);
    const box = params.mode === "box" ? checkType(id, "box", inputs["box"]) : [];
    const diagnostics = [...image, ...box];
    if (diagnostics.length > 0) return { value: undefined, diagnostics };
    const type = inputs["image"];
    if (type?.is !== "image") return { value: {}, diagnostics };
    const { mode, rows, columns, overlap, heightPx, widthPx } = params;
    if (mode === "box") return { value: { [OUTPUT]: { ...type, heightPx, widthPx } }, diagnostics };
    if (type.heightPx % rows !== 0 || type.widthPx % columns !== 0) {
      const place = { at: "stage", stage: id } as const;
      const seen = describeType(type);
      return { value: undefined, diagnostics: [gridDoesNotDivide({ place, rows, columns, seen })] };
    }
    const of = { ...type, heightPx: type.heightPx / rows, widthPx: type.widthPx / columns + 2 * overlap };
    return { value: { [OUTPUT]: { is: "sequence", of, maxLength: rows * columns } }, diagnostics };
  },
  run: ({ params, inputs, outputs }) => {
    const { image, box } = inputs;
    const type = outputs[OUTPUT];
    if (image !== undefined && type?.is === "sequence")
      return { [OUTPUT]: cutTiles(image, type, params.overlap) };
    if (image !== undefined && type?.is === "image" && box !== undefined) {
      return { [OUTPUT]: cropBoxes(image, box, type) };
    }
    throw new Error("crop: run before its inputs and output were checked");
  },
  // A bilinear pixel: four products, three sums, and its place.
  flops: ({ mode, heightPx, widthPx }, { image }) =>
    mode === "box" && image?.is === "image" ? heightPx * widthPx * image.channels * 8 : 0,
  // A pixel goes straight through; the box only decides which one, which has no gradient.
  gradient: (_, input) => (input === "image" ? "surrogate" : "blocked"),
});

function checkType(stage: StageId, port: "image" | "box", type: FieldType | undefined): Diagnostic[] {
  if (type === undefined || type.is === port) return [];
  const place = { at: "port", stage, port } as const;
  const seen = describeType(type);
  if (type.is === "sequence" && type.of.is === port) return [sequenceNeedsEach({ place, stage, port, seen })];
  return [typeMismatch({ place, expected: port === "image" ? "an image" : "a box", seen })];
}
