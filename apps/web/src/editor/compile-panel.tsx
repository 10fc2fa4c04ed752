"use client";
import {
  chooseBackend,
  REFERENCE_SPEED,
  mostTrainingSeconds,
  type EvaluatePhase,
  type Phase,
  type TrainingPlan,
  type TrainPhase,
} from "@seams/core";
import { Badge, Banner, EmptyState, shortBytes, shortCount, shortDuration } from "@seams/ui";
import { useEditor } from "./editor-context";
import { useMachine } from "./use-machine";

/** What one trial may cost. The API holds the same limits. */
const LIMITS = { weights: 50_000_000, bytes: 2 * 2 ** 30, seconds: 30 * 60 } as const;

/** The compiled plan, phase by phase, as a database explains a query. */
export function CompilePanel() {
  const { compilation, diagnostics } = useEditor();
  const plan = compilation?.plan;
  if (compilation === undefined) return null;
  if (plan === undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === "error").length;
    return (
      <div className="p-4">
        <EmptyState
          title={`No plan yet: ${errors} ${errors === 1 ? "error stands" : "errors stand"} in the way`}
        >
          The plan says what is trained in which order, from which labels, and what it costs. The tab Problems
          leads to each error.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3 p-3">
      <Totals plan={plan} />
      <ol className="flex flex-col gap-2">
        {plan.phases.map((phase, index) => (
          <li key={phase.id} className="rounded-md border border-line bg-raised">
            <PhaseRow phase={phase} number={index + 1} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Totals({ plan }: { readonly plan: TrainingPlan }) {
  const { cost, phases } = plan;
  const over = [
    cost.trainableWeights > LIMITS.weights ? `${shortCount(LIMITS.weights)} weights` : undefined,
    cost.memoryBytes > LIMITS.bytes ? shortBytes(LIMITS.bytes) : undefined,
    // As the compiler judges it: on every machine alike.
    mostTrainingSeconds(plan, REFERENCE_SPEED) > LIMITS.seconds ? shortDuration(LIMITS.seconds) : undefined,
  ].filter((limit) => limit !== undefined);
  const labels = [...new Set(phases.flatMap((phase) => (phase.do === "train" ? phase.labels : [])))];
  return (
    <>
      <dl className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
        <Fact title="Weights" value={shortCount(cost.trainableWeights)} />
        <Fact title="Operations a record" value={`${shortCount(cost.flopsPerRecord)}FLOP`} />
        <Fact title="Peak memory" value={shortBytes(cost.memoryBytes)} />
        <Fact title="Predicted time, one core" value={shortDuration(cost.seconds)} />
        <Fact title="Labels used" value={labels.length === 0 ? "none" : labels.join(", ")} />
        <Fact title="Fits" value={over.length === 0 ? "yes" : "no"} />
      </dl>
      <BackendLine plan={plan} />
      {over.length === 0 ? null : (
        <Banner tone="warning">
          Over the limit of {over.join(" and ")} for one trial. Make networks smaller, or train fewer steps.
        </Banner>
      )}
    </>
  );
}

/** Which backend it would run on, why, and whose speed times are by. */
function BackendLine({ plan }: { readonly plan: TrainingPlan }) {
  const machine = useMachine();
  if (machine === undefined) return null;
  const { backend, because } = chooseBackend([plan], machine);
  const isMeasured = machine.speeds.wasm !== undefined;
  return (
    <p className="text-sm text-quiet">
      Alone it runs on {backend ?? machine.asked ?? "wasm"}: {because}.{" "}
      {isMeasured
        ? "Times are on wasm, by what seams doctor measured here."
        : "Times are a reference machine’s; seams doctor measures this one."}
    </p>
  );
}

function Fact({ title, value }: { readonly title: string; readonly value: string }) {
  return (
    <div>
      <dt className="text-quiet">{title}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}

function PhaseRow({ phase, number }: { readonly phase: Phase; readonly number: number }) {
  return (
    <article aria-label={`Phase ${number}`} className="flex flex-col gap-2 p-3 text-sm">
      <header className="flex flex-wrap items-center gap-2">
        <span className="inline-flex size-6 items-center justify-center rounded-full bg-sunken font-medium">
          {number}
        </span>
        <h3 className="font-semibold">
          {phase.do === "train"
            ? `Train ${phase.train.join(" + ")}${phase.gatherings === undefined ? "" : " again"}`
            : "Evaluate"}
        </h3>
        {phase.do === "train" && phase.frozen.length > 0 ? (
          <Badge>frozen: {phase.frozen.join(", ")}</Badge>
        ) : null}
        {phase.after.length === 0 ? null : <span className="text-quiet">after {phase.after.join(", ")}</span>}
        <span className="ml-auto text-quiet">{phase.do === "train" ? costWords(phase) : ""}</span>
      </header>
      {phase.do === "train" ? <TrainFacts phase={phase} /> : <EvaluateFacts phase={phase} />}
    </article>
  );
}

const costWords = ({ cost, training }: TrainPhase): string =>
  `${shortCount(cost.trainableWeights)} weights · ${shortCount(cost.flopsPerRecord)}FLOP a record · ${shortBytes(cost.memoryBytes)} · up to ${shortCount(training.steps)} steps · about ${shortDuration(cost.seconds)}`;

function TrainFacts({ phase }: { readonly phase: TrainPhase }) {
  return (
    <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1">
      <GatherLine phase={phase} />
      <Line title="Inputs">
        {phase.inputs.map(({ name, mode }) => (
          <span key={name} className="mr-3 inline-block">
            <span className="font-mono">{name}</span>{" "}
            <Badge tone={mode === "data" ? "neutral" : "accent"}>{mode}</Badge>
          </span>
        ))}
      </Line>
      <Line title="Loss">
        {phase.losses.map((term) => (
          <span key={term.output} className="block">
            {term.weight === 1 ? "" : `${term.weight} × `}
            {term.loss} of <span className="font-mono">{term.output}</span> against {term.target}
            {term.head.mask === undefined ? ", where labelled" : `, where labelled and ${term.head.mask}`}
          </span>
        ))}
      </Line>
      <Line title="Labels used">{phase.labels.length === 0 ? "none" : phase.labels.join(", ")}</Line>
      {phase.gradients.flow.length === 0 ? null : (
        <Line title="Gradients flow">{phase.gradients.flow.join(" · ")}</Line>
      )}
      {phase.gradients.stop.length === 0 ? null : (
        <Line title="Gradients stop">{phase.gradients.stop.join(" · ")}</Line>
      )}
    </dl>
  );
}

/** The moments that the pipeline gathers before this phase, and what the expert is asked there. */
function GatherLine({ phase: { gatherings = [] } }: { readonly phase: TrainPhase }) {
  const last = gatherings.at(-1);
  if (last === undefined) return null;
  return (
    <Line title="Gathers">
      Round {last.round}: the pipeline acts in practice episodes, and the expert gives {last.asks.join(", ")}{" "}
      at moments that come to {Number((100 * last.share).toPrecision(3))} % of the budget, on top of it
      {last.round === 1 ? "" : `; it learns from the moments of all ${last.round} rounds`}.
    </Line>
  );
}

function EvaluateFacts({ phase }: { readonly phase: EvaluatePhase }) {
  return (
    <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1">
      <Line title="Answers">
        {phase.answers.map(({ target, metric }) => (
          <span key={`${target} ${metric}`} className="mr-3">
            {metric} of {target}
          </span>
        ))}
      </Line>
      {phase.seams.length === 0 ? null : (
        <Line title="At the seams">
          {phase.seams.map(({ stage, port, label, metric }) => (
            <span key={`${stage}.${port} ${metric}`} className="mr-3">
              {metric} of{" "}
              <span className="font-mono">
                {stage}.{port}
              </span>{" "}
              against {label}
            </span>
          ))}
        </Line>
      )}
    </dl>
  );
}

function Line({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt className="text-quiet">{title}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
