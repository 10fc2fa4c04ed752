import { emptyRun, foldRun, type RunEvent, type RunView } from "@seams/core/train";
import type { TrialPlace } from "@seams/runner";
import { writeCount, writeSeconds } from "./numbers";

/** Follows the trials of a comparison, for one line that says how far they are. */
export interface GridProgress {
  add(of: TrialPlace, event: RunEvent): void;
  line(): string;
}

/** @param now monotonic milliseconds */
export function gridProgress(trials: number, now: () => number): GridProgress {
  const running = new Map<string, { readonly of: TrialPlace; readonly view: RunView }>();
  const started = now();
  let ended = 0;
  let cached = 0;
  return {
    add: (of, event) => {
      const key = JSON.stringify(of);
      const view = foldRun(running.get(key)?.view ?? emptyRun, event);
      if (view.status === "running") running.set(key, { of, view });
      else {
        running.delete(key);
        ended++;
        const isAnswered = view.phases.every(({ status }) => status === "cached");
        if (view.status === "done" && isAnswered) cached++;
      }
    },
    line: () => {
      const trained = ended - cached;
      const left = trials - ended;
      const soon =
        trained === 0 ? "" : ` · about ${writeSeconds((((now() - started) / 1000) * left) / trained)} left`;
      const now_ = [...running.values()].map(({ of, view }) => {
        const phase = view.phases.findLast(({ status }) => status === "running");
        return `${of.pipeline} ${writeCount(of.budget)} rows seed ${of.seed}${phase === undefined ? "" : ` step ${writeCount(phase.step)}`}`;
      });
      return [`${ended} of ${trials} trials${soon}`, ...now_].join(" · ");
    },
  };
}
