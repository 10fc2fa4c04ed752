import type { Advice } from "../advise/advice";
import type { Judgement } from "../measure/comparison";
import type { EngineInfo } from "../train/stepper";
import type { LabAxis, LabKind, LabRole } from "./lab";

/** One seed's part of a gain. */
export interface SeedGain {
  readonly seed: number;
  readonly gain: number;
}

/** What one variant gains over its baseline, by one score at one number of rows, paired by seed. */
export interface LabCell
  extends Pick<Judgement, "mean" | "low" | "high" | "n" | "p" | "signFlip" | "testSetError" | "seedsNeeded"> {
  readonly variant: string;
  readonly over: string;
  readonly role: LabRole;
  /** Its place on the axes, by the axis' name; `budget` and `task` included. */
  readonly at: Readonly<Record<string, string>>;
  readonly budget: number;
  /** Name of the score among a trial's test scores, and its mean for the variant and for what it is compared with. */
  readonly score: string;
  readonly level: number;
  readonly baseline: number;
  /** Improvements, one a seed: above 0 is better whichever way the metric points. */
  readonly gains: readonly SeedGain[];
  /** Ends of the interval that agrees with Holm's decision over the cells of the same role and task. */
  readonly adjusted?: { readonly low: number; readonly high: number };
  readonly verdict: "gain" | "loss" | "equivalent" | "undecided";
  /** The verdict in a sentence that cites its numbers. */
  readonly words: string;
}

/** A trial of a lab that failed. */
export interface LabFailure {
  readonly variant: string;
  readonly budget: number;
  readonly seed: number;
  readonly code: string;
  readonly message: string;
}

/** What a lab found; the same from CLI, API and screen. */
export interface LabResult {
  readonly format: 1;
  readonly kind: LabKind;
  readonly title: string;
  readonly problem: { readonly name: string; readonly hash: string };
  readonly engine: EngineInfo;
  readonly metric: string;
  readonly isShare: boolean;
  /** δ: differences up to it don't matter. */
  readonly margin: number;
  readonly axes: readonly LabAxis[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly variants: readonly {
    readonly id: string;
    readonly title: string;
    readonly role: LabRole;
    readonly hash: string;
  }[];
  readonly cells: readonly LabCell[];
  readonly failures: readonly LabFailure[];
  /** What it comes to, in a few sentences. */
  readonly words: readonly string[];
  readonly advice: readonly Advice[];
}
