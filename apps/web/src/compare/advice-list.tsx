"use client";
import type { ExperimentView } from "@seams/api";
import { calibrationInWords, type Comparison } from "@seams/core/measure";
import { Badge, Button, Card, ErrorState, Section } from "@seams/ui";
import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { useRouter } from "next/navigation";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { metricLook, writeRange, writeScore } from "../scores";

type Advice = Comparison["advice"][number];

const OUTCOMES = {
  holds: { word: "yes", tone: "good" },
  fails: { word: "no", tone: "danger" },
  unknown: { word: "unknown", tone: "neutral" },
} as const;

/**
 * What the rules say of these very runs: each with its numbers, a prediction, and the run that would refute it. A lab's
 * variants are no pipelines that one could start by name: there the run is told in words only.
 */
export function AdviceList({
  experiment,
  advice,
  metric,
}: {
  readonly experiment: ExperimentView;
  readonly advice: readonly Advice[];
  readonly metric: string;
}) {
  if (advice.length === 0) return null;
  return (
    <Section
      title="Advice"
      help="Conditions under which transfer, multi-task learning and seams pay, checked on these runs. Every prediction can be refuted by a run; a rule that doesn't know says so."
    >
      {experiment.calibration === null ? null : (
        <p className="max-w-prose text-sm text-quiet">{calibrationInWords(experiment.calibration)}</p>
      )}
      <ul className="grid gap-4 xl:grid-cols-2">
        {advice.map((one, index) => (
          <li key={`${one.rule} ${one.about.join(" ")} ${index}`}>
            <AdviceCard advice={one} experiment={experiment} metric={metric} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface AdviceCardParts {
  readonly advice: Advice;
  readonly experiment: ExperimentView;
  readonly metric: string;
}

function AdviceCard({ advice, experiment, metric }: AdviceCardParts) {
  const { rule, title, outcome, says, prediction, confidence, test } = advice;
  const { word, tone } = OUTCOMES[outcome];
  return (
    <Card className="flex h-full flex-col gap-3 p-5">
      <h3 className="flex flex-wrap items-center gap-2 font-semibold">
        {title} <Badge tone={tone}>{word}</Badge>{" "}
        <span className="text-sm font-normal text-quiet">{rule}</span>
      </h3>
      <p className="max-w-prose">{says}</p>
      {prediction === undefined ? null : (
        <p className="max-w-prose text-sm">
          <span className="font-medium">Prediction:</span> {prediction.says}
          {confidence === undefined
            ? null
            : ` It claims to hold ${Math.round(100 * confidence)} times in 100.`}
        </p>
      )}
      <Measurements advice={advice} metric={metric} />
      {test === undefined ? null : experiment.lab === null ? (
        <TestRun test={test} experiment={experiment} />
      ) : (
        <p className="mt-auto max-w-prose text-sm text-quiet">{test.says}</p>
      )}
    </Card>
  );
}

/** The numbers that the rule looked at. Those of the metric are written as scores. */
function Measurements({
  advice: { measurements },
  metric,
}: {
  readonly advice: Advice;
  readonly metric: string;
}) {
  if (measurements.length === 0) return null;
  const { isShare } = metricLook(metric);
  const write = (value: number): string =>
    isShare && Math.abs(value) <= 1
      ? writeScore(metric, value)
      : Number(value.toPrecision(3)).toLocaleString("en");
  return (
    <details className="text-sm">
      <summary className="inline-flex min-h-6 items-center font-medium text-accent">
        {measurements.length} {measurements.length === 1 ? "measurement" : "measurements"} behind it
      </summary>
      <ul className="mt-2 flex flex-col gap-1">
        {measurements.map(({ what, value, low, high, n }) => (
          <li key={what}>
            {what}: <span className="tabular-nums">{write(value)}</span>
            {low === undefined || high === undefined
              ? ""
              : ` (95 % interval ${isShare && Math.abs(high) <= 1 ? writeRange(metric, low, high) : `${write(low)} to ${write(high)}`})`}
            , n = {n.toLocaleString("en")}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The run that would refute the prediction, or decide what is unknown, in one click. */
function TestRun({
  test,
  experiment,
}: {
  readonly test: NonNullable<Advice["test"]>;
  readonly experiment: ExperimentView;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const start = useMutation(
    trpc.experiments.start.mutationOptions({ onSuccess: ({ id }) => router.push(paths.comparison(id)) }),
  );
  const pipelines = experiment.pipelines.filter(({ id }) => test.pipelines.includes(id));
  const trials = pipelines.length * test.budgets.length * test.seeds.length;
  return (
    <div className="mt-auto flex flex-wrap items-center gap-3">
      <Button
        icon={<FlaskConical aria-hidden size={16} />}
        busy={start.isPending || start.isSuccess}
        onClick={() =>
          start.mutate({
            problem: experiment.problem,
            pipelines: pipelines.map(({ id, version }) => ({ id, ...(version === null ? {} : { version }) })),
            budgets: [...test.budgets],
            seeds: [...test.seeds],
            prices: { ...experiment.prices },
            key: crypto.randomUUID(),
          })
        }
      >
        Run it: {trials} {trials === 1 ? "trial" : "trials"}
      </Button>
      <p className="max-w-prose text-sm text-quiet">{test.says}</p>
      {start.error === null ? null : (
        <ErrorState error={start.error} safe="This comparison stays as it is." />
      )}
    </div>
  );
}
