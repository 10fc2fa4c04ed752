import type { Shape, StepperState } from "@seams/core/train";
import { slotNames } from "./eager/optimiser";

/** A weight with the names that its optimiser slots have in a state. */
export interface StatePlace {
  readonly place: { readonly name: string; readonly shape: Shape };
  readonly slots: readonly string[];
}

/**
 * Checks that a state fits a network. Every weight must be in it; slots may be missing and are 0 then, as before the
 * first step. It may hold slots of weights that are frozen here, which are left out; nothing else.
 * @throws Error with the name of what does not fit
 */
export function checkState(places: readonly StatePlace[], state: StepperState): void {
  const weights = new Set(places.map(({ place }) => place.name));
  for (const name of Object.keys(state.arrays)) {
    const slash = name.indexOf("/");
    const isSlot = slotNames.has(name.slice(0, slash)) && weights.has(name.slice(slash + 1));
    if (!weights.has(name) && !isSlot) throw new Error(`stepper: the network has no weight ${name}.`);
  }
  for (const { place, slots } of places) {
    if (state.arrays[place.name] === undefined)
      throw new Error(`stepper: the state lacks the weight ${place.name}.`);
    for (const name of [place.name, ...slots]) checkArray(place, state.arrays[name]);
  }
}

function checkArray(
  { name, shape }: StatePlace["place"],
  array: StepperState["arrays"][string] | undefined,
): void {
  if (array === undefined) return;
  const size = shape.reduce((product, side) => product * side, 1);
  if (array.shape.join() === shape.join() && array.data.length === size) return;
  throw new Error(`stepper: ${name} is [${shape.join()}], not [${array.shape.join()}].`);
}
