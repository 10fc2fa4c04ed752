import type { LiveEvent, TrialView } from "@seams/api";
import type { RunEvent } from "@seams/core/train";
import { describe, expect, it } from "vitest";
import { phaseCurves } from "./phase-curves";
import { extendLog, isMilestone, openLog, refreshLog } from "./run-log";
import { elapsedSeconds, eventWords, statusWords } from "./run-words";
import { secondsLeft, stageProgress } from "./stage-progress";

const engine = {
  version: "1",
  backend: "wasm",
  form: "eager",
  kernels: "k",
  threads: 1,
  node: "v20",
} as const;
const started: RunEvent = {
  type: "run.started",
  engine,
  phases: [
    { id: "read", stages: ["read"], steps: 100 },
    { id: "add", stages: ["add"], steps: 50 },
  ],
};
const begins: RunEvent = { type: "phase.started", phase: "read", because: "not trained before" };
const steps = (step: number, loss = 1, validationLoss?: number): RunEvent => ({
  type: "steps.finished",
  phase: "read",
  step,
  loss,
  byHead: { a: loss / 2, b: loss / 4 },
  stepsPerSecond: 10,
  ...(validationLoss === undefined ? {} : { validationLoss }),
});

/** A trial as the API answers it; only what the log reads. */
function answer(
  events: readonly RunEvent[],
  lastSeq = events.length,
  status: TrialView["summary"]["status"] = "running",
) {
  return {
    summary: { id: "t", experiment: "e", pipeline: "p", budget: 8, seed: 1, status, attempt: 1 },
    events: events.map((event, index) => ({ seq: index + 1, event })),
    lastSeq,
  } as unknown as TrialView; // the rest is not read here
}
const live = (seq: number, event: LiveEvent["event"]): LiveEvent => ({ seq, trial: "t", event });
const status = (to: "queued" | "running" | "failed", attempt: number) =>
  ({ type: "status", status: to, attempt }) as const;

describe("a run's log", () => {
  it("ends the same whether all came at once or a page was opened in the middle", () => {
    const events = [started, begins, steps(10), steps(20), steps(30)];
    const whole = openLog(answer(events));
    for (let cut = 0; cut <= events.length; cut++) {
      const middle = openLog(answer(events.slice(0, cut)));
      const rest = events.map((event, index) => live(index + 1, event));
      expect(extendLog(middle, rest).view).toEqual(whole.view);
    }
  });

  it("leaves out events that it has", () => {
    const log = openLog(answer([started, begins, steps(10)]));
    expect(extendLog(log, [live(3, steps(99))])).toEqual(log);
  });

  it("never goes back to an older answer", () => {
    const log = extendLog(openLog(answer([started, begins])), [live(3, steps(10)), live(4, steps(20))]);
    expect(refreshLog(log, answer([started, begins, steps(10)]))).toBe(log);
    expect(refreshLog(log, answer([started, begins, steps(10), steps(20), steps(30)])).seq).toBe(5);
  });

  it("says that a second attempt recovers until its run begins", () => {
    const log = openLog(answer([started, begins, steps(10)]));
    const lost = extendLog(log, [live(4, status("queued", 1)), live(5, status("running", 2))]);
    expect(statusWords(lost)).toBe("Recovering (attempt 2)");
    expect(statusWords(extendLog(lost, [live(6, started)]))).toBe("Running (attempt 2)");
  });

  it("tells milestones from measurements", () => {
    expect(isMilestone({ seq: 1, event: begins })).toBe(true);
    expect(isMilestone({ seq: 2, event: steps(10) })).toBe(false);
  });
});

describe("words of a run", () => {
  it("name the place in the queue", () => {
    const queued = { status: "queued", attempt: 0, starting: false } as const;
    expect([statusWords(queued, 2), statusWords(queued)]).toEqual(["Queued #2", "Queued"]);
  });

  it("tell each event in a sentence", () => {
    expect(eventWords({ seq: 1, event: begins })).toBe("read: begins, because: not trained before.");
    expect(eventWords({ seq: 1, event: steps(1200, 0.51234, 0.6) })).toBe(
      "read: step 1,200, loss 0.512, validation 0.6.",
    );
  });

  it("count time from the start to the end, or until now", () => {
    const startedAt = "2026-01-01T00:00:00.000Z";
    expect(elapsedSeconds({ startedAt, endedAt: "2026-01-01T00:00:12.000Z" }, 0)).toBe(12);
    expect(elapsedSeconds({ startedAt }, Date.parse(startedAt) + 5_000)).toBe(5);
    expect(elapsedSeconds({}, 0)).toBeUndefined();
  });
});

describe("progress on the graph", () => {
  const plan = {
    phases: [
      { do: "train", train: ["read"], frozen: [] },
      { do: "train", train: ["add"], frozen: ["read"] },
    ],
  } as unknown as TrialView["plan"]; // phases have much more, which progress doesn't read

  it("says how far each stage is", () => {
    const { view } = openLog(answer([started, begins, steps(25)]));
    expect(stageProgress(view, plan)).toEqual({
      read: { fraction: 0.25, words: "25 of 100", because: "not trained before" },
      add: { fraction: 0, words: "waiting" },
    });
  });

  it("says which stage is frozen while another one trains, and why one came from the cache", () => {
    const cached: RunEvent = { type: "phase.cached", phase: "read", because: "same inputs" };
    const next: RunEvent = { type: "phase.started", phase: "add", because: "" };
    const { view } = openLog(answer([started, cached, next]));
    expect(stageProgress(view, plan)["read"]).toEqual({
      fraction: 1,
      words: "frozen, cached",
      because: "same inputs",
    });
  });

  it("tells the time left only in the last phase, from its measured speed", () => {
    const running = openLog(answer([started, begins, steps(25)])).view;
    expect(secondsLeft(running)).toBeUndefined();
    const [only] = running.phases;
    expect(secondsLeft({ phases: only === undefined ? [] : [only] })).toBe(7.5);
  });
});

describe("curves of a phase", () => {
  const [phase] = openLog(answer([started, begins, steps(10, 4, 3), steps(20, 2), steps(30, 1, 2)])).view
    .phases;
  const choice = { axis: "step", smoothing: 0, heads: true } as const;

  it("hold what was measured, with gaps where nothing was", () => {
    const { xs, curves } = phaseCurves(phase!, choice);
    expect(xs).toEqual([10, 20, 30]);
    expect(curves.map(({ key, values }) => [key, values])).toEqual([
      ["train", [4, 2, 1]],
      ["validation", [3, undefined, 2]],
      ["head a", [2, 1, 0.5]],
      ["head b", [1, 0.5, 0.25]],
    ]);
  });

  it("run over seconds too", () => {
    expect(phaseCurves(phase!, { ...choice, axis: "seconds" }).xs).toEqual([1, 2, 3]);
  });

  it("keep the measured line, faint, behind a smoothed one", () => {
    const { curves } = phaseCurves(phase!, { ...choice, smoothing: 0.5, heads: false });
    expect(curves.map(({ key, faint }) => [key, faint ?? false])).toEqual([
      ["train measured", true],
      ["train", false],
      ["validation measured", true],
      ["validation", false],
    ]);
    expect(curves[0]?.values).toEqual([4, 2, 1]);
  });
});
