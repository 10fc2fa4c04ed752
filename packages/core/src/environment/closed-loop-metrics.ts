import * as z from "zod";

/** What is measured in a closed loop, whatever the world. Scores under other conditions are called `metric:condition`. */
export const ClosedLoopMetric = z.enum([
  "closed-loop-success",
  "closed-loop-composite",
  "closed-loop-completion",
  "closed-loop-harm",
  "closed-loop-violation",
  "closed-loop-roughness",
  "closed-loop-compounding",
]);
export type ClosedLoopMetric = z.infer<typeof ClosedLoopMetric>;

/** Those that are means over episodes. */
export type EpisodeMetric = Exclude<ClosedLoopMetric, "closed-loop-compounding">;

/** What is left of an episode's composite score when it came to harm. */
const HARM_FACTOR = 0.6;

/** How a score is to be read. */
export interface ScoreLook {
  readonly title: string;
  readonly formula: string;
  readonly higherIsBetter: boolean;
  /** Whether its value is a share, from 0 to 1. */
  readonly isShare: boolean;
}

/** The metrics of a closed loop by name. The first is the headline of every problem that has an environment. */
export const closedLoopMetrics: Readonly<Record<ClosedLoopMetric, ScoreLook>> = {
  "closed-loop-success": {
    title: "Success in the loop",
    formula: "episodes that ended well ÷ episodes",
    higherIsBetter: true,
    isShare: true,
  },
  "closed-loop-composite": {
    title: "Composite score in the loop",
    formula: `mean over episodes of completion × (1 − violation) × ${HARM_FACTOR} where it came to harm`,
    higherIsBetter: true,
    isShare: true,
  },
  "closed-loop-completion": {
    title: "Completion in the loop",
    formula: "mean over episodes of the part of the task that was done",
    higherIsBetter: true,
    isShare: true,
  },
  "closed-loop-harm": {
    title: "Harm in the loop",
    formula: "episodes that came to harm ÷ episodes",
    higherIsBetter: false,
    isShare: true,
  },
  "closed-loop-violation": {
    title: "Violation in the loop",
    formula: "mean over episodes of the part of the time spent where one must not be",
    higherIsBetter: false,
    isShare: true,
  },
  "closed-loop-roughness": {
    title: "Roughness in the loop",
    formula: "mean over episodes of how unsteadily it went, in the environment's unit",
    higherIsBetter: false,
    isShare: false,
  },
  "closed-loop-compounding": {
    title: "Compounding of mistakes",
    formula:
      "slope of log(mistakes up to a horizon) against log(horizon): 1 = mistakes at an even pace, 2 = as the square of time",
    higherIsBetter: false,
    isShare: false,
  },
};

/**
 * One number for how an episode went: the part of the task that was done, times a penalty for each way in which it must
 * not be done. After the driving score of the CARLA Leaderboard (route completion × infraction penalty, in which a
 * collision with another vehicle counts 0.60 and the time off the road is lost); all harm counts the same here, since a
 * world doesn't say what kind it was.
 *
 * @returns 0 to 1
 */
export const compositeScore = (completion: number, violation: number, harm: boolean): number =>
  completion * (1 - violation) * (harm ? HARM_FACTOR : 1);

/** The name of a closed-loop score under a condition; the first condition's has no suffix. */
export const conditionScore = (metric: ClosedLoopMetric, condition: string, isFirst: boolean): string =>
  isFirst ? metric : `${metric}:${condition}`;
