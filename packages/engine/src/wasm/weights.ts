import type { OptimiserSpec, StepperState } from "@seams/core/train";
import { optimiserOf } from "../eager/optimiser";
import type { WeightPlace } from "../eager/weights";
import { checkState } from "../state";
import { upTo } from "./layout";
import type { Kernels } from "./kernels";
import type { PlacedWeight, WeightLayout } from "./lowering";
import { createPace, type Pace, paceBytes } from "./pace";

/** A weight of the network and how it lies. */
export interface LaidWeight {
  readonly place: WeightPlace;
  readonly layout: WeightLayout;
}

/** The weights of one stepper in program memory, with their slots, paces, and a copy to go back to. */
export interface ProgramWeights {
  /** By name in the network. @throws Error when there is none */
  at(name: string): PlacedWeight;
  /** Steps done. */
  steps: number;
  /** Address of the number of the step being taken, from 1. */
  readonly clock: number;
  /** Sets what the next step needs: its number, and what its updates are made with. */
  setPaces(): void;
  /** Whether the last step wrote nothing but finite numbers. */
  isFinite(): boolean;
  /** Keeps a copy of all that steps change. */
  remember(): void;
  /** Goes back to it. */
  restore(): void;
  read(): StepperState;
  /** @throws Error when the state does not fit */
  write(state: StepperState): void;
  dispose(): void;
}

interface Entry extends LaidWeight {
  readonly placed: PlacedWeight;
  /** Slot name in the state → address. */
  readonly slots: Readonly<Record<string, number>>;
  /** Constants are kept as they were given: program memory may hold them in another form. */
  given: Float32Array | undefined;
}

/** The clock has a cache line of its own. */
const CLOCK_BYTES = 64;

/** Room for the weights of a network, all zeros. */
export function createProgramWeights(
  kernels: Kernels,
  { weights, optimiser }: { readonly weights: readonly LaidWeight[]; readonly optimiser: OptimiserSpec },
): ProgramWeights {
  const { heap } = kernels;
  const slotNames = optimiserOf(optimiser).slots;
  const rates = [...new Set(weights.map(({ place }) => place.rate))].filter((rate) => rate !== 0);
  const bytesOf = ({ layout }: LaidWeight): number => upTo(64, 4 * layout.from.length);
  const fixed = weights.filter(({ place }) => place.rate === 0 && !place.moves);
  const moving = weights.filter(({ place }) => place.moves);
  const trained = weights.filter(({ place }) => place.rate !== 0);
  const sum = (list: readonly LaidWeight[]): number =>
    list.reduce((bytes, weight) => bytes + bytesOf(weight), 0);
  const changingBytes = sum(moving) + (1 + slotNames.length) * sum(trained);
  const paceStride = upTo(64, paceBytes(kernels));
  const block = heap.take(CLOCK_BYTES + rates.length * paceStride + sum(fixed) + 2 * changingBytes);
  let free = block.address;
  const take = (bytes: number): number => {
    free += bytes;
    return free - bytes;
  };
  const clock = take(CLOCK_BYTES);
  const paces = new Map<number, { readonly address: number; readonly pace: Pace }>();
  for (const factor of rates) {
    const address = take(paceStride);
    paces.set(factor, { address, pace: createPace(kernels, { address, factor, optimiser }) });
  }
  const entries: Entry[] = [];
  for (const weight of [...fixed, ...moving, ...trained]) {
    const { place, layout } = weight;
    const address = take(bytesOf(weight));
    const [first = 0, second = 0] =
      place.rate === 0
        ? []
        : slotNames.map((name) => [name, take(bytesOf(weight))] as const).map(([, at]) => at);
    const slots = Object.fromEntries(
      place.rate === 0
        ? []
        : slotNames.map((name, index) => [`${name}/${place.name}`, index === 0 ? first : second]),
    );
    const pace = paces.get(place.rate)?.address ?? 0;
    const placed = { address, floats: layout.from.length, first, second, pace };
    entries.push({ ...weight, placed, slots, given: undefined });
  }
  const changing = { from: free - changingBytes, bytes: changingBytes, copy: free };
  const byName = new Map(entries.map((entry) => [entry.place.name, entry]));
  const statistics = entries.filter(({ place }) => place.moves);
  const order = weights.flatMap(({ place }) => byName.get(place.name) ?? []);

  const put = (address: number, { from, encode }: WeightLayout, values: Float32Array): void => {
    const target = heap.floats.subarray(address / 4, address / 4 + from.length);
    // Loops over indices: weights are read at every best check, and iterators of pairs are ten times slower.
    for (let index = 0; index < from.length; index++) {
      const source = from[index] ?? -1;
      const value = source < 0 ? 0 : (values[source] ?? 0);
      target[index] = source < 0 || encode === undefined ? value : encode(value);
    }
  };
  const get = (address: number, { from }: WeightLayout, size: number): Float32Array => {
    const values = new Float32Array(size);
    const source = heap.floats.subarray(address / 4, address / 4 + from.length);
    for (let index = 0; index < from.length; index++) {
      const target = from[index] ?? -1;
      if (target >= 0) values[target] = source[index] ?? 0;
    }
    return values;
  };
  const sizeOf = ({ place }: Entry): number => place.shape.reduce((size, side) => size * side, 1);

  return {
    at(name) {
      const entry = byName.get(name);
      if (entry === undefined) throw new Error(`programs: there is no weight ${name}.`);
      return entry.placed;
    },
    steps: 0,
    clock,
    setPaces() {
      heap.integers[clock / 4] = this.steps + 1;
      for (const { pace } of paces.values()) pace.set(this.steps + 1);
    },
    isFinite: () =>
      [...paces.values()].every(({ pace }) => pace.isFinite()) &&
      statistics.every(({ placed: { address, floats } }) =>
        heap.floats.subarray(address / 4, address / 4 + floats).every(Number.isFinite),
      ),
    remember: () => {
      heap.floats.copyWithin(changing.copy / 4, changing.from / 4, (changing.from + changing.bytes) / 4);
    },
    restore: () => {
      heap.floats.copyWithin(changing.from / 4, changing.copy / 4, (changing.copy + changing.bytes) / 4);
    },
    read() {
      const arrays: Record<string, StepperState["arrays"][string]> = {};
      for (const entry of order) {
        const { place, layout, placed, slots, given } = entry;
        const data = given?.slice() ?? get(placed.address, layout, sizeOf(entry));
        arrays[place.name] = { shape: place.shape, data };
        for (const [name, address] of Object.entries(slots))
          arrays[name] = { shape: place.shape, data: get(address, layout, sizeOf(entry)) };
      }
      return { steps: this.steps, arrays };
    },
    write(state) {
      checkState(
        entries.map(({ place, slots }) => ({ place, slots: Object.keys(slots) })),
        state,
      );
      for (const entry of entries) {
        const { place, layout, placed, slots } = entry;
        const data = state.arrays[place.name]?.data ?? new Float32Array(sizeOf(entry));
        if (place.rate === 0 && !place.moves) entry.given = data.slice();
        put(placed.address, layout, data);
        const none = new Float32Array(sizeOf(entry));
        for (const [name, address] of Object.entries(slots))
          put(address, layout, state.arrays[name]?.data ?? none);
      }
      this.steps = state.steps;
    },
    dispose: () => block.free(),
  };
}
