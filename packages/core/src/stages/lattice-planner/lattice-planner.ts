import * as z from "zod";
import { OBJECT_SIZE } from "../ground-plane/stand-on-ground";
import { defineAlgorithm } from "../define";
import { fillRows, first } from "../fill-rows";
import { A_SCALAR, A_VECTOR, checkPorts, type Expected } from "../port-check";
import { planLattice } from "./plan-lattice";

const OBJECTS: Expected = {
  words: `a sequence of vectors of ${OBJECT_SIZE}: metres ahead, metres left, half width, speed`,
  fits: (type) => type.is === "sequence" && type.of.is === "vector" && type.of.size === OBJECT_SIZE,
};

/** Chooses a path round objects in a lane, and a speed for it. */
export const latticePlanner = defineAlgorithm({
  kind: "lattice-planner",
  version: 1,
  title: "Lattice planner",
  doc: {
    summary:
      "Chooses among paths side by side in a lane the one that is cheapest and free of objects, and a speed.",
    when: "What is in the way and where the lane runs are known, measured or learned. It looks at one moment: it remembers nothing.",
    example: { spacing: 3, halfWidth: 2.5, cruise: 7 },
  },
  params: z.strictObject({
    spacing: z
      .number()
      .min(0.1)
      .max(20)
      .default(3)
      .meta({ title: "Spacing", help: "Distance from point to point, straight ahead.", unit: "m" }),
    halfWidth: z.number().min(0).max(20).default(2.5).meta({
      title: "Half width",
      help: "How far from the lane's middle the vehicle's own middle may be.",
      unit: "m",
    }),
    step: z
      .number()
      .min(0.05)
      .max(5)
      .default(0.5)
      .meta({ title: "Step", help: "Distance sideways from one candidate path to the next.", unit: "m" }),
    transition: z.number().min(1).max(100).default(12).meta({
      title: "Transition",
      help: "Distance ahead within which a path has moved over at cruising speed; less when slower.",
      unit: "m",
    }),
    vehicle: z
      .number()
      .min(0.1)
      .max(10)
      .default(0.95)
      .meta({ title: "Vehicle", help: "Half the vehicle's width.", unit: "m" }),
    margin: z
      .number()
      .min(0)
      .max(10)
      .default(0.9)
      .meta({ title: "Margin", help: "Room beside an object that is worth moving over for.", unit: "m" }),
    passing: z.number().min(0).max(50).default(4).meta({
      title: "Passing",
      help: "How long before and behind an object's middle the path must be free.",
      unit: "m",
    }),
    cruise: z
      .number()
      .min(0)
      .max(60)
      .default(7)
      .meta({ title: "Cruise", help: "Speed on a free and straight road.", unit: "m/s" }),
    sideways: z.number().min(0.1).max(20).default(2).meta({
      title: "Sideways",
      help: "Most sideways acceleration in bends: it sets the speed there.",
      unit: "m/s²",
    }),
    braking: z
      .number()
      .min(0.1)
      .max(20)
      .default(2.5)
      .meta({ title: "Braking", help: "Deceleration before what cannot be passed.", unit: "m/s²" }),
  }),
  inputs: () => [
    {
      name: "lane",
      accepts: "a vector: metres left of the vehicle's axis of the lane's middle, at equal distances",
    },
    { name: "objects", accepts: OBJECTS.words },
    { name: "speed", accepts: "a scalar: the vehicle's speed in m/s" },
  ],
  outputs: () => [{ name: "path" }, { name: "pace" }],
  infer: ({ id, inputs }) => {
    const diagnostics = checkPorts(id, inputs, { lane: A_VECTOR, objects: OBJECTS, speed: A_SCALAR });
    if (diagnostics.length > 0) return { value: undefined, diagnostics };
    const { lane } = inputs;
    return {
      value: { ...(lane === undefined ? {} : { path: lane }), pace: { is: "scalar", unit: "m/s" } },
      diagnostics,
    };
  },
  run: ({ params, inputs, outputs }) => {
    const { objects } = inputs;
    return fillRows(inputs, outputs, (from, { path, pace }, row) => {
      const { lane = new Float32Array(0), objects: values = new Float32Array(0) } = from;
      const tiles = values.length / OBJECT_SIZE;
      const present = objects?.present.subarray(row * tiles, (row + 1) * tiles);
      const plan = planLattice({ lane, objects: values, present, speed: first(from, "speed") }, params);
      path?.set(plan.path);
      if (pace) pace[0] = plan.pace;
    });
  },
  // Candidates × objects × three places, a dozen operations each.
  flops: ({ halfWidth, step }, { objects }) =>
    (2 * Math.floor(halfWidth / step) + 1) * (objects?.is === "sequence" ? objects.maxLength : 1) * 36,
  gradient: () => "blocked",
});
