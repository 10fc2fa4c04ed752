import { type OptimiserSpec, rateAt } from "@seams/core/train";
import { adamDivisor, BETA1, BETA2 } from "../eager/optimiser";
import type { Kernels } from "./kernels";

/** Writes what one step's updates need; all in double precision, rounded once. */
export interface Pace {
  /** @param step number of the step, from 1 */
  set(step: number): void;
  /** Whether everything that was written since `set` is finite. */
  isFinite(): boolean;
}

/** Bytes of a pace. */
export const paceBytes = (kernels: Kernels): number => 4 * kernels.argumentsOf("pace").length;

/** The pace at an address, of layers whose learning rate has this factor. */
export function createPace(
  kernels: Kernels,
  { address, factor, optimiser }: { address: number; factor: number; optimiser: OptimiserSpec },
): Pace {
  const fields = kernels.argumentsOf("pace").map(({ field }) => field);
  const word = (field: string): number => {
    const index = fields.indexOf(field);
    if (index < 0) throw new Error(`programs: a pace has no ${field}.`);
    return address / 4 + index;
  };
  const { name, momentum, weightDecay } = optimiser;
  const isAdam = name !== "sgd";
  const { floats, integers } = kernels.heap;
  integers[word("adam")] = isAdam ? 1 : 0;
  const constants = {
    penalty: name === "adamw" ? 0 : weightDecay,
    firstKept: isAdam ? BETA1 : momentum,
    firstTaken: 1 - BETA1,
    secondKept: BETA2,
    secondTaken: 1 - BETA2,
  };
  for (const [field, value] of Object.entries(constants)) floats[word(field)] = value;
  const rateWord = word("rate");
  const keptWord = word("kept");
  const epsilonWord = word("epsilon");
  const spreadWord = word("spread");
  const probeWord = word("probe");
  return {
    set(step) {
      const now = kernels.heap.floats;
      const rate = rateAt(optimiser, step) * factor;
      now[probeWord] = 0;
      now[rateWord] = rate;
      now[keptWord] = name === "adamw" ? 1 - rate * weightDecay : 1;
      if (!isAdam) return;
      const { spread, guard } = adamDivisor(rate, step);
      now[epsilonWord] = guard;
      now[spreadWord] = spread;
    },
    isFinite: () => kernels.heap.floats[probeWord] === 0,
  };
}
