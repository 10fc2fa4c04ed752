import {
  type OptimiserSpec,
  rateAt,
  type Shape,
  shrinkage,
  type StepperState,
  type Tensor,
} from "@seams/core/train";
import type { Machine } from "../machine";
import { checkState } from "../state";
import { allocateTogether } from "./arena";
import { sizeOf } from "./forward";
import { lengthOf, optimiserOf } from "./optimiser";

/** One weight of a network. */
export interface WeightPlace {
  /** Name in the network: `layer/weight`. */
  readonly name: string;
  readonly shape: Shape;
  /** Factor on the learning rate; 0 for what is frozen, constant, or not reached by any loss. */
  readonly rate: number;
  /** Whether a step sets it without a gradient; never where its layer is frozen or not reached. */
  readonly moves: boolean;
}

/**
 * The weights of one stepper and their optimiser slots. They live as arrays here; tensors are made from them anew
 * after every step, because tfjs-wasm keeps packed copies of weights by tensor id and would not see a change in place.
 */
export interface Weights {
  /** By name in the network. */
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Steps done. */
  readonly steps: number;
  /** Names of the weights that a step changes by their gradients. */
  readonly trained: readonly string[];
  /**
   * Takes one step, or, when a gradient, weight or slot would not be finite, none.
   * @param gradients by name; a weight without one has gradient 0
   * @param moved what the step sets without a gradient, by name
   * @returns whether the step was taken
   */
  step(
    gradients: Readonly<Record<string, Float32Array>>,
    moved: Readonly<Record<string, Float32Array>>,
  ): boolean;
  read(): StepperState;
  write(state: StepperState): void;
  dispose(): void;
}

/** A value with room for its successor. */
interface Pair {
  current: Float32Array;
  next: Float32Array;
}

interface Entry {
  readonly place: WeightPlace;
  readonly value: Pair;
  readonly slots: Readonly<Record<string, Pair>>;
}

/** @throws Error when the state does not fit the places */
export function createWeights(
  machine: Machine,
  { places, optimiser: spec }: { readonly places: readonly WeightPlace[]; readonly optimiser: OptimiserSpec },
  init: StepperState,
): Weights {
  const { tf } = machine;
  const optimiser = optimiserOf(spec);
  const entries = allocate(places, optimiser.slots);
  const trained = entries.filter(({ place }) => place.rate !== 0);
  const moving = entries.filter(({ place }) => place.moves);
  const tensors: Record<string, Tensor> = {};
  let steps = 0;

  const upload = (changed: readonly Entry[]): void => {
    for (const { place, value } of changed) {
      tensors[place.name]?.dispose();
      tensors[place.name] = tf.keep(tf.tensor(value.current, [...place.shape], "float32"));
    }
  };
  const write = (state: StepperState): void => {
    fill(entries, state);
    steps = state.steps;
    upload(entries);
  };
  const none = new Float32Array(trained.reduce((most, { value }) => Math.max(most, value.current.length), 0));
  const step: Weights["step"] = (gradients, moved) => {
    const pace = {
      step: steps + 1,
      shrink: spec.clipNorm === undefined ? 1 : shrinkage(lengthOf(Object.values(gradients)), spec),
    };
    const rate = rateAt(spec, pace.step);
    for (const entry of trained) {
      const { place, value } = entry;
      const slots = Object.values(entry.slots);
      const isFinite = optimiser.update(
        {
          value: value.current,
          gradient: gradients[place.name] ?? none,
          slots: slots.map((slot) => slot.current),
          nextValue: value.next,
          nextSlots: slots.map((slot) => slot.next),
        },
        { ...pace, rate: rate * place.rate },
      );
      if (!isFinite) return false;
    }
    for (const { place, value } of moving) {
      value.next.set(moved[place.name] ?? value.current);
      if (!value.next.every(Number.isFinite)) return false;
    }
    const changed = [...trained, ...moving];
    for (const { value, slots } of changed) for (const pair of [value, ...Object.values(slots)]) swap(pair);
    steps++;
    upload(changed);
    return true;
  };
  write(init);
  return {
    tensors,
    get steps() {
      return steps;
    },
    trained: trained.map(({ place }) => place.name),
    step,
    read: () => ({ steps, arrays: copyArrays(entries) }),
    write,
    dispose: () => tf.dispose(Object.values(tensors)),
  };
}

function allocate(places: readonly WeightPlace[], slotNames: readonly string[]): readonly Entry[] {
  const plans = places.map((place) => ({ place, slots: place.rate === 0 ? [] : slotNames }));
  const sizes = plans.flatMap(({ place, slots }) => Array(2 + 2 * slots.length).fill(sizeOf(place.shape)));
  const arrays = allocateTogether(sizes).values();
  const pair = (): Pair => ({ current: taken(arrays), next: taken(arrays) });
  return plans.map(({ place, slots }) => ({
    place,
    value: pair(),
    slots: Object.fromEntries(slots.map((slot) => [`${slot}/${place.name}`, pair()])),
  }));
}

function taken(arrays: Iterator<Float32Array>): Float32Array {
  const { value, done } = arrays.next();
  if (done === true) throw new Error("weights: fewer arrays were allocated than are needed.");
  return value;
}

function swap(pair: Pair): void {
  const kept = pair.current;
  pair.current = pair.next;
  pair.next = kept;
}

/** Slots that the state lacks are 0, as before the first step. @throws Error when the state does not fit */
function fill(entries: readonly Entry[], state: StepperState): void {
  checkState(
    entries.map(({ place, slots }) => ({ place, slots: Object.keys(slots) })),
    state,
  );
  for (const { place, value, slots } of entries) {
    for (const [name, pair] of [[place.name, value] as const, ...Object.entries(slots)]) {
      const kept = state.arrays[name];
      if (kept === undefined) pair.current.fill(0);
      else pair.current.set(kept.data);
    }
  }
}

type StoredArray = StepperState["arrays"][string];

function copyArrays(entries: readonly Entry[]): StepperState["arrays"] {
  const arrays: Record<string, StoredArray> = {};
  for (const { place, value, slots } of entries) {
    arrays[place.name] = { shape: place.shape, data: value.current.slice() };
    for (const [name, slot] of Object.entries(slots)) {
      arrays[name] = { shape: place.shape, data: slot.current.slice() };
    }
  }
  return arrays;
}
