import { networkWeights, seed, stream } from "@seams/core";
import {
  type Engine,
  initialState,
  type Layer,
  type Network,
  type ResidentArray,
  type StepLoss,
  type StepSpec,
} from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "../../src/index";
import { arraysFor, layer, lossOn, someRows, specOf } from "../support/nets";
import { testedBackend, testedOf } from "../support/tested";
import { relativeError } from "./machines";

/** A network with the losses on its outputs, and which labels are there. */
export interface Case {
  readonly name: string;
  readonly spec: StepSpec;
  readonly labelled: "all" | "none" | "mixed";
  /** Rows of a step; fewer than the batch size: a short batch. */
  readonly rows: number;
}

/** So large that the step is the gradient, and what the weight was is rounding. */
const RATE = 1024;
const descent = { name: "sgd", learningRate: RATE, momentum: 0, weightDecay: 0, layerRates: {} } as const;
/** Largest gradient error, relative to a weight's largest gradient. */
const SAME = 1e-5;

export const BATCH = 6;

export const stepOf = (network: Network, losses: readonly StepLoss[]): StepSpec =>
  specOf(network, losses, { optimiser: descent, batchSize: BATCH });

/** Layers one behind the other, the last with a softmax loss over its values. */
export function chain(
  name: string,
  input: readonly number[],
  pieces: readonly Omit<Layer, "id" | "from">[],
): Case {
  const layers = pieces.map(({ kind, params }, index) =>
    layer(`l${index}`, kind, index === 0 ? "x" : `l${index - 1}`, params),
  );
  const last = `l${pieces.length}`;
  const head = layer(last, "dense", `l${pieces.length - 1}`, { units: 4 });
  const network = { inputs: { x: input }, layers: [...layers, head], outputs: { y: last } };
  return { name, spec: stepOf(network, [lossOn("y", { width: 4 })]), labelled: "all", rows: BATCH };
}

export const piece = (kind: string, params: Layer["params"] = {}): Omit<Layer, "id" | "from"> => ({
  kind,
  params,
});

/** The step's arrays: labels of the first head as the case has them. */
function arraysOf({ spec, labelled }: Case): Readonly<Record<string, ResidentArray>> {
  const arrays = arraysFor(spec);
  const mask = arrays[spec.losses[0]?.mask ?? ""];
  const random = stream(seed(8), "labels");
  if (labelled !== "all")
    mask?.data.forEach((_, at) => (mask.data[at] = labelled === "none" ? 0 : random.integer(2)));
  return arrays;
}

/** Whether a weight is a bias that a batch norm takes out again. */
const isUnfelt = ({ network, optimiser }: StepSpec, weight: string): boolean =>
  network.layers.some(
    ({ id, kind, from }) =>
      kind === "batch-norm" &&
      optimiser.layerRates[id] !== 0 &&
      from.some((source) => weight === `${source}/bias`),
  );

/** Tests that programs of these networks have eager's gradients, losses and answers. */
export function describeParity(title: string, cases: readonly Case[]): void {
  describe(`${title} on ${testedBackend}`, () => {
    let engines: { readonly eager: Engine; readonly program: Engine };
    beforeAll(async () => {
      engines = {
        eager: await createEngine({ backend: "cpu" }),
        program: await createEngine({ backend: testedBackend, form: "program" }),
      };
    });

    it("names each network once", () => {
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    });

    it.each(testedOf(cases))("has eager's gradients, losses and answers: $name", async (one) => {
      const init = initialState(one.spec.network, seed(4), (id) => id);
      const [eager, program] = await Promise.all(
        Object.values(engines).map(async (engine) => {
          const stepper = await engine.stepper(one.spec, init);
          stepper.bind(arraysOf(one));
          const rows = someRows(one.rows);
          const found = await stepper.evaluate(rows);
          const answers = await stepper.predict(rows, Object.keys(one.spec.network.outputs));
          const { losses } = await stepper.run(rows);
          const { arrays } = await stepper.read();
          stepper.dispose();
          return { found, answers, losses, arrays };
        }),
      );
      expect(program!.found.loss).toBeCloseTo(eager!.found.loss, 5);
      expect(relativeError(program!.losses, eager!.losses)).toBeLessThan(SAME);
      for (const [name, values] of Object.entries(eager!.answers))
        expect(relativeError(program!.answers[name]!, values)).toBeLessThan(SAME);
      const moving = networkWeights(one.spec.network).filter(({ weight }) => weight.moves);
      const settled = new Set(moving.map(({ layer: id, weight }) => `${id}/${weight.name}`));
      for (const [name, { data }] of Object.entries(init.arrays)) {
        if (settled.has(name)) {
          // A small step of a large number: most of its digits are rounding.
          expect(relativeError(program!.arrays[name]!.data, eager!.arrays[name]!.data), name).toBeLessThan(
            SAME,
          );
          continue;
        }
        const stepOfForm = ({ arrays }: NonNullable<typeof eager>): Float32Array =>
          arrays[name]!.data.map((value, at) => value - data[at]!);
        const [found, expected] = [stepOfForm(program!), stepOfForm(eager!)];
        if (isUnfelt(one.spec, name)) {
          // 0 but for rounding: small beside the steps of other weights.
          for (const step of [...found, ...expected]) expect(Math.abs(step), name).toBeLessThan(SAME * RATE);
        } else expect(relativeError(found, expected), name).toBeLessThan(SAME);
      }
    });
  });
}
