import { lossKinds, type LossName } from "../losses/index";
import { networkFacts } from "../layers/network";
import { fitSize, type FitSize, secondsPerFit, type Speed } from "./4-price";
import type { Phase, TrainingPlan, TrainPhase } from "./plan";
import { foldCounts } from "./sources";

/** Backends that have step programs, between which a price can decide. */
export type PricedBackend = "wasm" | "native";

/** What is known of the machine that trains. */
export interface MachineFacts {
  /** By the backend that it was measured on; `seams doctor` measures. */
  readonly speeds: Readonly<Partial<Record<PricedBackend, Speed>>>;
  /** Whether TensorFlow's C library is installed beside the product. */
  readonly hasNative: boolean;
  /** The backend that SEAMS_BACKEND asks for: no price is asked then. */
  readonly asked?: string;
}

/** Which backend all trials of an experiment run on, and why. */
export interface BackendChoice {
  /** Absent where nothing was weighed: what was asked for, or else the first that works here. */
  readonly backend?: PricedBackend;
  readonly because: string;
}

type Phases = Pick<TrainingPlan, "phases">;

/**
 * Chooses the backend of an experiment by its plans' predicted time, every pipeline once: how many budgets and seeds there
 * are changes nothing about which is faster. Without a speed of either it is wasm, which every machine has; and with a
 * loss that native takes op by op, whose price says nothing of that.
 */
export function chooseBackend(plans: readonly Phases[], machine: MachineFacts): BackendChoice {
  const { speeds, hasNative, asked } = machine;
  if (asked !== undefined) return { because: `SEAMS_BACKEND asks for ${asked}` };
  if (!hasNative)
    return { because: "native isn't installed here, so that wasm is the fastest that there is" };
  const eager = plans.flatMap(lossesOf).find((loss) => lossKinds[loss].eagerOnNative !== undefined);
  if (eager !== undefined)
    return { backend: "wasm", because: `the ${eager} loss has a step program on wasm only` };
  const { wasm, native } = speeds;
  if (wasm === undefined || native === undefined)
    return { because: "how fast wasm and native are here wasn't measured yet: seams doctor measures it" };
  const total = (speed: Speed): number => plans.reduce((sum, plan) => sum + trainingSeconds(plan, speed), 0);
  const [onWasm, onNative] = [total(wasm), total(native)];
  const words = (seconds: number): string => `${Number(seconds.toPrecision(2))} s`;
  return onNative < onWasm
    ? {
        backend: "native",
        because: `native takes about ${words(onNative)} for every pipeline once, wasm ${words(onWasm)}`,
      }
    : {
        backend: "wasm",
        because: `wasm takes about ${words(onWasm)} for every pipeline once, native ${words(onNative)}`,
      };
}

/** Predicted time of all training of a plan at a speed, folds of cross-fitting included. */
export const trainingSeconds = (plan: Phases, speed: Speed): number =>
  totalSeconds(plan, (phase) => secondsPerFit(fitSizeOf(phase), speed));

/** The same, should no phase stop early. */
export const mostTrainingSeconds = (plan: Phases, speed: Speed): number =>
  totalSeconds(plan, (phase) => secondsPerFit(fitSizeOf(phase, phase.training.steps), speed));

function totalSeconds({ phases }: Phases, secondsOf: (phase: TrainPhase) => number): number {
  const training = phases.filter(isTrainPhase);
  const folds = foldCounts(training.flatMap(({ inputs }) => inputs));
  return training.reduce((sum, phase) => sum + (1 + (folds.get(phase.id) ?? 0)) * secondsOf(phase), 0);
}

/**
 * The size of one fit of a phase.
 * @param steps that it made; absent: as many as are expected
 * @throws Error for a network that doesn't fit together, which no plan has
 */
export function fitSizeOf(
  { network, training }: Pick<TrainPhase, "network" | "training">,
  steps?: number,
): FitSize {
  const facts = networkFacts(network);
  if (facts.is === "misfit") throw new Error(`price: ${facts.layer} ${facts.reason}`);
  return fitSize(facts.layers, training, steps);
}

const lossesOf = ({ phases }: Phases): readonly LossName[] =>
  phases.flatMap((phase) => (isTrainPhase(phase) ? phase.losses.map(({ loss }) => loss) : []));

const isTrainPhase = (phase: Phase): phase is TrainPhase => phase.do === "train";
