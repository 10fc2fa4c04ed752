import { diagnose, type Environment, type ProblemData } from "@seams/core";
import { openProblem, openTracing } from "@seams/runner";
import { keepRecent } from "../keep-recent";
import { type NumberedOrder, refusedTrace, type TraceAnswer } from "./tracer-messages";

/** Pipelines whose weights, and problems whose records, stay in memory. A comparison has at most 12 pipelines. */
const MOST_PIPELINES = 24;
const MOST_PROBLEMS = 2;

process.on("SIGINT", () => undefined); // Ctrl-C reaches the whole group; the API tells us when to go
process.on("disconnect", () => process.exit(0));

const problems = keepRecent<Loaded>(MOST_PROBLEMS);
const pipelines = keepRecent<Awaited<ReturnType<typeof openTracing>>>(MOST_PIPELINES);

// One order after the other: the engine's memory is one, and each takes milliseconds.
let last: Promise<unknown> = Promise.resolve();
process.on("message", (message) => {
  const { number, order } = message as NumberedOrder; // the API sends this and nothing else
  last = last.then(() => carryOut(order)).then((answer) => tell({ number, answer }));
});

function tell(answer: TraceAnswer): void {
  if (process.connected) process.send?.(answer);
}

async function carryOut(order: NumberedOrder["order"]): Promise<TraceAnswer["answer"]> {
  const place = { at: "graph" } as const;
  try {
    const { data, environment } = await problems(order.problem, () => load(order.problem));
    if (data?.hash !== order.hash)
      return refusedTrace([diagnose.trial.dataChanged({ place, problem: order.trial.problem.title })]);
    const { home, engine, trial } = order;
    const { value: tracing, diagnostics } = await pipelines(order.key, () =>
      openTracing(trial, { home, data, environment, engine }),
    );
    if (tracing === undefined) return refusedTrace(diagnostics);
    return await answer(tracing, order);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return refusedTrace([diagnose.trial.trialCrashed({ place, problem })]);
  }
}

type Opened = NonNullable<Awaited<ReturnType<typeof openTracing>>["value"]>;

function answer(tracing: Opened, order: NumberedOrder["order"]): Promise<TraceAnswer["answer"]> {
  switch (order.asks) {
    case "trace":
      return tracing.trace(order.ask.position, order.ask.edits);
    case "replay":
      return tracing.replay(order.ask);
    case "doses":
      return tracing.doses(order.ask);
  }
}

interface Loaded {
  readonly data: ProblemData | undefined;
  readonly environment: Environment | undefined;
}

async function load(reference: string): Promise<Loaded> {
  const { value } = await openProblem(reference);
  return { data: await value?.load(), environment: value?.environment };
}
