import * as z from "zod";
import { defineAlgorithm } from "../define";
import { fillRows, first } from "../fill-rows";
import { A_SCALAR, A_VECTOR, checkPorts } from "../port-check";
import { purePursuit, stanley } from "./steering";

/** Steers a vehicle along a path and keeps its speed. */
export const pathFollower = defineAlgorithm({
  kind: "path-follower",
  version: 1,
  title: "Path follower",
  doc: {
    summary: "Steers a vehicle along a path ahead and holds a wished speed.",
    when: "A path is planned and the vehicle's wheelbase is known. Pure pursuit is calm, Stanley holds the line closer at low noise.",
    example: { law: "pure-pursuit", spacing: 3 },
  },
  params: z.strictObject({
    law: z.enum(["pure-pursuit", "stanley"]).default("pure-pursuit").meta({
      title: "Steering law",
      help: "pure-pursuit: along the circle to a point ahead. stanley: by the path's direction and distance beside the front axle.",
    }),
    spacing: z.number().min(0.1).max(20).default(3).meta({
      title: "Spacing",
      help: "Distance from point to point of the path, straight ahead.",
      unit: "m",
    }),
    lookahead: z
      .number()
      .min(0.5)
      .max(50)
      .default(3)
      .meta({ title: "Look ahead", help: "Pure pursuit: distance of the point at a standstill.", unit: "m" }),
    lookaheadTime: z.number().min(0).max(5).default(0.5).meta({
      title: "Look ahead per speed",
      help: "Pure pursuit: how much farther the point is for each m/s.",
      unit: "s",
    }),
    gain: z.number().min(0).max(20).default(1.5).meta({
      title: "Sideways gain",
      help: "Stanley: how strongly the distance to the path is corrected.",
      unit: "1/s",
    }),
    wheelbase: z
      .number()
      .min(0.1)
      .max(20)
      .default(2.6)
      .meta({ title: "Wheelbase", help: "From the rear axle to the front axle.", unit: "m" }),
    mostSteering: z.number().min(1).max(80).default(30).meta({
      title: "Most steering",
      help: "Angle of the wheels that an output of 1 stands for.",
      unit: "°",
    }),
    speedGain: z.number().min(0).max(10).default(0.6).meta({
      title: "Speed gain",
      help: "Throttle for each m/s that is lacking; the brake for each that is too much.",
      unit: "s/m",
    }),
  }),
  inputs: () => [
    { name: "path", accepts: "a vector: metres left of the vehicle's axis, at equal distances ahead" },
    { name: "pace", accepts: "a scalar: the wished speed in m/s" },
    { name: "speed", accepts: "a scalar: the vehicle's speed in m/s" },
  ],
  outputs: () => [{ name: "steering" }, { name: "throttle" }],
  infer: ({ id, inputs }) => {
    const diagnostics = checkPorts(id, inputs, { path: A_VECTOR, pace: A_SCALAR, speed: A_SCALAR });
    if (diagnostics.length > 0) return { value: undefined, diagnostics };
    const command = { is: "scalar", low: -1, high: 1 } as const;
    return { value: { steering: command, throttle: command }, diagnostics };
  },
  run: ({ params, inputs, outputs }) => {
    const law = params.law === "stanley" ? stanley : purePursuit;
    const most = (params.mostSteering * Math.PI) / 180;
    return fillRows(inputs, outputs, (from, { steering, throttle }) => {
      const speed = first(from, "speed");
      if (steering && from["path"]) steering[0] = within(law(from["path"], speed, params) / most);
      if (throttle) throttle[0] = within(params.speedGain * (first(from, "pace") - speed));
    });
  },
  flops: () => 30,
  gradient: () => "blocked",
});

const within = (command: number): number => Math.min(1, Math.max(-1, command));
