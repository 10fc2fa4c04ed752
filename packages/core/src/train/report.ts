import type { RunEvent } from "./events";
import type { PreparedFit } from "./prepare";
import type { StepReport } from "./stepper";
import type { TrialHost } from "./trial";

/** Gathers what stretches of steps report, until the next event. */
export interface Report {
  add(result: StepReport, steps: number): void;
  /** The event for everything since the one before. */
  event(step: number, validationLoss: number | undefined): RunEvent;
}

/** A report of one fit. Losses are means over the steps since the last event. */
export function createReport({ id, spec }: PreparedFit, host: Pick<TrialHost, "now">): Report {
  let steps = 0;
  let loss = 0;
  let byHead = new Map<string, number>();
  let since = host.now();
  return {
    add: (result, count) => {
      steps += count;
      loss += result.losses.reduce((sum, one) => sum + one, 0);
      for (const { output } of spec.losses) {
        byHead.set(output, (byHead.get(output) ?? 0) + count * (result.byOutput[output] ?? 0));
      }
    },
    event: (step, validationLoss) => {
      const now = host.now();
      const divisor = Math.max(steps, 1);
      const event: RunEvent = {
        type: "steps.finished",
        phase: id,
        step,
        loss: loss / divisor,
        byHead: Object.fromEntries([...byHead].map(([head, sum]) => [head, sum / divisor])),
        ...(validationLoss === undefined ? {} : { validationLoss }),
        stepsPerSecond: steps / Math.max((now - since) / 1000, 1e-6),
      };
      steps = 0;
      loss = 0;
      byHead = new Map();
      since = now;
      return event;
    },
  };
}
