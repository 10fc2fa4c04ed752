import { isTraining, type Trial } from "@seams/core/train";

/** Trials that wait, handed out so that workers seldom wait for one another. */
export interface TrialQueue<T extends Trial> {
  /**
   * The first trial that trains no phase which one of the trials in hand may be training, since that one's result is
   * worth waiting for; the first of all where each does.
   */
  next(inHand: Iterable<T>): T | undefined;
}

/** Makes a queue of trials, in this order. */
export function trialQueue<T extends Trial>(trials: readonly T[]): TrialQueue<T> {
  const waiting = new Map(trials.map((trial) => [trial, phasesOf(trial)]));
  return {
    next: (inHand) => {
      const busy = new Set([...inHand].flatMap((trial) => [...phasesOf(trial)]));
      const [first] = waiting.keys();
      const free = [...waiting].find(([, phases]) => ![...phases].some((phase) => busy.has(phase)))?.[0];
      const chosen = free ?? first;
      if (chosen !== undefined) waiting.delete(chosen);
      return chosen;
    },
  };
}

/** What a trial trains, under names that are equal where the results are: other rows or another seed share nothing. */
const phasesOf = ({ plan, budget, seed }: Trial): ReadonlySet<string> =>
  new Set(plan.phases.filter(isTraining).map(({ signature }) => JSON.stringify([signature, budget, seed])));
