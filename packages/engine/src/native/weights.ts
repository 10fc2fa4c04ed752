import type { StepperState, StepSpec, Tensor } from "@seams/core/train";
import { optimiserOf } from "../eager/optimiser";
import { sizeOf } from "../eager/forward";
import type { WeightPlace } from "../eager/weights";
import type { Machine } from "../machine";
import { checkState } from "../state";
import type { Residents } from "./feeds";
import type { TrainedWeight } from "./program";

/** Weights and optimiser slots as tensors, which steps replace and never change. */
export interface NativeWeights {
  readonly trained: readonly TrainedWeight[];
  /** Weights that steps set without a gradient. */
  readonly moving: readonly WeightPlace[];
  /** By name in the state. */
  readonly tensors: Residents;
  steps: number;
  /** Puts new tensors in the place of old ones, which are disposed. */
  replace(changed: Residents): void;
  read(): StepperState;
  /** @throws Error when the state does not fit */
  write(state: StepperState): void;
  dispose(): void;
}

/** @throws Error when the state does not fit the places */
export function createNativeWeights(
  { tf }: Machine,
  {
    places,
    optimiser,
  }: { readonly places: readonly WeightPlace[]; readonly optimiser: StepSpec["optimiser"] },
  init: StepperState,
): NativeWeights {
  const slotNames = optimiserOf(optimiser).slots;
  const all = places.map((place) => ({
    place,
    slots: place.rate === 0 ? [] : slotNames.map((slot) => `${slot}/${place.name}`),
  }));
  const tensors: Record<string, Tensor> = {};
  const weights: NativeWeights = {
    trained: all.filter(({ place }) => place.rate !== 0),
    moving: places.filter(({ moves }) => moves),
    tensors,
    steps: 0,
    replace(changed) {
      for (const [name, tensor] of Object.entries(changed)) {
        tensors[name]?.dispose();
        tensors[name] = tensor;
      }
    },
    read() {
      const arrays: Record<string, StepperState["arrays"][string]> = {};
      for (const { place, slots } of all) {
        for (const name of [place.name, ...slots]) {
          const data = Float32Array.from(tensors[name]?.dataSync<"float32">() ?? []);
          arrays[name] = { shape: place.shape, data };
        }
      }
      return { steps: weights.steps, arrays };
    },
    write(state) {
      checkState(all, state);
      for (const { place, slots } of all) {
        for (const name of [place.name, ...slots]) {
          const values = state.arrays[name]?.data.slice() ?? new Float32Array(sizeOf(place.shape));
          weights.replace({ [name]: tf.tensor(values, [...place.shape], "float32") });
        }
      }
      weights.steps = state.steps;
    },
    dispose: () => tf.dispose(Object.values(tensors)),
  };
  weights.write(init);
  return weights;
}
