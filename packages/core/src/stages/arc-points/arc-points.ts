import * as z from "zod";
import { defineAlgorithm, OUTPUT } from "../define";
import { fillRows, first } from "../fill-rows";
import { A_SCALAR, checkPorts } from "../port-check";
import { arcAhead } from "./arc-ahead";

/** Draws the middle of a lane ahead from where a vehicle stands in it and how it bends. */
export const arcPoints = defineAlgorithm({
  kind: "arc-points",
  version: 1,
  title: "Arc points",
  doc: {
    summary:
      "Draws the middle of a lane as points ahead of a vehicle, from its place in the lane and the bend.",
    when: "A network reads three numbers off a road: offset, heading and curvature. Geometry gives the points; nothing is trained. One curvature fits a stretch without a change of bend.",
    example: { points: 8, spacing: 3 },
  },
  params: z.strictObject({
    points: z
      .int()
      .min(2)
      .max(64)
      .default(8)
      .meta({ title: "Points", help: "Points ahead.", unit: "points" }),
    spacing: z
      .number()
      .min(0.1)
      .max(20)
      .default(3)
      .meta({ title: "Spacing", help: "Distance from point to point, straight ahead.", unit: "m" }),
  }),
  inputs: () => [
    { name: "offset", accepts: "a scalar: metres that the vehicle stands left of the middle" },
    { name: "heading", accepts: "a scalar: radians that it points left of the lane" },
    { name: "curvature", accepts: "a scalar: 1/m, positive to the left" },
  ],
  outputs: () => [{ name: OUTPUT }],
  infer: ({ id, params, inputs }) => {
    const diagnostics = checkPorts(id, inputs, { offset: A_SCALAR, heading: A_SCALAR, curvature: A_SCALAR });
    if (diagnostics.length > 0) return { value: undefined, diagnostics };
    return { value: { [OUTPUT]: { is: "vector", size: params.points } }, diagnostics };
  },
  run: ({ params, inputs, outputs }) =>
    fillRows(inputs, outputs, (from, { output }) => {
      const arc = {
        offset: first(from, "offset"),
        heading: first(from, "heading"),
        curvature: first(from, "curvature"),
      };
      output?.forEach((_, k) => {
        output[k] = arcAhead(arc, (k + 1) * params.spacing);
      });
    }),
  // Three Newton steps of two sines and a dozen products.
  flops: ({ points }) => points * 60,
  gradient: () => "blocked",
});
