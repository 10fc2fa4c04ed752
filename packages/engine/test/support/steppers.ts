import { seed } from "@seams/core";
import {
  type Engine,
  initialState,
  type ResidentArray,
  type Stepper,
  type StepperState,
  type StepSpec,
} from "@seams/core/train";
import { arraysFor, someRows } from "./nets";

/** Arrays that steps run on, by name. */
export type Arrays = Record<string, ResidentArray>;

/** The state that every stepper of a spec starts from. */
export const startOf = (spec: StepSpec): StepperState => initialState(spec.network, seed(11), (id) => id);

/** A stepper at its start, with data. */
export async function stepperFor(
  engine: Engine,
  spec: StepSpec,
  arrays: Arrays = arraysFor(spec),
): Promise<Stepper> {
  const stepper = await engine.stepper(spec, startOf(spec));
  stepper.bind(arrays);
  return stepper;
}

/** The state after some steps. */
export async function trained(
  engine: Engine,
  spec: StepSpec,
  arrays: Arrays = arraysFor(spec),
  steps = 12,
): Promise<StepperState> {
  const stepper = await stepperFor(engine, spec, arrays);
  await stepper.run(someRows(steps * spec.batchSize));
  const state = await stepper.read();
  stepper.dispose();
  return state;
}

/** One array with its values changed. */
export function changed(arrays: Arrays, name: string, change: (value: number, at: number) => number): Arrays {
  const array = arrays[name];
  if (array === undefined) throw new Error(`there is no array ${name}`);
  return { ...arrays, [name]: { ...array, data: array.data.map(change) } };
}
