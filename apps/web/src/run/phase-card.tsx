"use client";
import type { TrainingPlan } from "@seams/core";
import type { PhaseView } from "@seams/core/train";
import { Badge, shortDuration, shortNumber, Table, type Tone } from "@seams/ui";
import { ChartFigure, CurveChart } from "@seams/ui/chart";
import { Check, X } from "lucide-react";
import { useMemo } from "react";
import { type CurveChoice, headNames, phaseCurves } from "./phase-curves";

const TONES: Readonly<Record<PhaseView["status"], Tone>> = {
  waiting: "neutral",
  running: "accent",
  cached: "good",
  done: "good",
  failed: "danger",
  cancelled: "warning",
};

interface PhaseCardParts {
  readonly phase: PhaseView;
  readonly plan: TrainingPlan;
  readonly choice: CurveChoice;
  readonly logY: boolean;
}

/** One phase: its state, its curves, and what it predicts for a few rows that it doesn't learn from. */
export function PhaseCard({ phase, plan, choice, logY }: PhaseCardParts) {
  const { id, status, stages, step, steps, curve, bestStep } = phase;
  const { xs, curves } = useMemo(() => phaseCurves(phase, choice), [phase, choice]);
  const best = curve.find((point) => point.step === bestStep)?.[choice.axis];
  const words = `${stages.join(", ")}: ${stateWords(phase, plan)}`;
  return (
    <div className="flex flex-col gap-4">
      <ChartFigure
        title={id.charAt(0).toUpperCase() + id.slice(1)}
        words={
          <>
            {words}.
            {phase.because === undefined || phase.because === "" ? null : (
              <span className="block">
                {status === "cached" ? "From the cache" : "Not from the cache"}: {phase.because}.
              </span>
            )}
          </>
        }
        controls={<Badge tone={TONES[status]}>{status}</Badge>}
        table={() => <CurveTable phase={phase} />}
      >
        {curve.length === 0 ? (
          <p className="text-sm text-quiet">
            {status === "cached"
              ? "Trained before with the same data, seed and settings: nothing to draw here."
              : "Nothing measured yet."}
          </p>
        ) : (
          <CurveChart
            label={`Loss of phase ${id} ${choice.axis === "step" ? "by step" : "over time"}: training ${shortNumber(curve.at(-1)?.loss)}, validation ${shortNumber(lastValidation(phase))}, after ${step.toLocaleString("en")} of ${steps.toLocaleString("en")} steps`}
            xs={xs}
            curves={curves}
            xTitle={choice.axis === "step" ? "step" : "seconds of training"}
            logY={logY}
            {...(best === undefined ? {} : { marks: [best] })}
          />
        )}
      </ChartFigure>
      <Examples phase={phase} />
    </div>
  );
}

function stateWords(phase: PhaseView, plan: TrainingPlan): string {
  const { status, step, steps, stepsPerSecond, seconds, bestStep, resumedAt, eagerBecause } = phase;
  const own = plan.phases.find((each) => each.do === "train" && each.id === phase.id);
  const predicted = own === undefined ? "" : `, predicted about ${shortDuration(own.cost.seconds)}`;
  const at = `${step.toLocaleString("en")} of ${steps.toLocaleString("en")} steps`;
  if (status === "done") {
    const best = bestStep === undefined ? "" : `, best at ${bestStep.toLocaleString("en")}`;
    const form = eagerBecause === undefined ? "" : `, op by op: ${eagerBecause}`;
    const took = seconds === undefined ? "" : `, ${shortDuration(seconds)}`;
    return `${at}${best}${took}${predicted}${form}`;
  }
  if (status === "cached") return "from the cache";
  const speed =
    status === "running" && stepsPerSecond !== undefined
      ? `, ${Math.round(stepsPerSecond).toLocaleString("en")} steps a second`
      : "";
  const resumed = resumedAt === undefined ? "" : `, resumed at ${resumedAt.toLocaleString("en")}`;
  return `${at}${speed}${resumed}${predicted}`;
}

const lastValidation = ({ curve }: PhaseView): number | undefined =>
  curve.findLast(({ validationLoss }) => validationLoss !== undefined)?.validationLoss;

/** The chart's numbers; long curves every n-th point, and the last. */
function CurveTable({ phase }: { readonly phase: PhaseView }) {
  const heads = headNames(phase);
  const every = Math.max(1, Math.ceil(phase.curve.length / MOST_ROWS));
  const rows = phase.curve.filter((_, index) => index % every === 0 || index === phase.curve.length - 1);
  return (
    <div className="max-h-80 overflow-y-auto">
      <Table
        caption={`Losses of phase ${phase.id}${every > 1 ? `, every ${every}th measurement` : ""}`}
        rows={rows}
        keyOf={({ step }) => String(step)}
        columns={[
          { key: "step", title: "Step", align: "number", cell: ({ step }) => step.toLocaleString("en") },
          {
            key: "seconds",
            title: "Seconds",
            align: "number",
            cell: ({ seconds }) => shortNumber(seconds),
          },
          { key: "loss", title: "Training", align: "number", cell: ({ loss }) => shortNumber(loss) },
          {
            key: "validation",
            title: "Validation",
            align: "number",
            cell: ({ validationLoss }) => shortNumber(validationLoss),
          },
          ...heads.map((head) => ({
            key: `head ${head}`,
            title: head,
            align: "number" as const,
            cell: ({ byHead }: PhaseView["curve"][number]) => shortNumber(byHead[head]),
          })),
        ]}
      />
    </div>
  );
}

const MOST_ROWS = 200;

/** Truth and prediction of a few rows at each head, the newest there are. */
function Examples({ phase }: { readonly phase: PhaseView }) {
  if (phase.examples.length === 0) return null;
  return (
    <Table
      caption={`Predictions of phase ${phase.id} for rows that it doesn’t learn from, where it has a validation part`}
      rows={phase.examples}
      keyOf={({ row, stage, port }) => `${stage}.${port} ${row}`}
      columns={[
        { key: "row", title: "Row", align: "number", cell: ({ row }) => row },
        {
          key: "head",
          title: "Head",
          cell: ({ stage, port }) => (
            <span className="font-mono">
              {stage}.{port}
            </span>
          ),
        },
        { key: "truth", title: "Truth", cell: ({ truth }) => truth },
        {
          key: "predicted",
          title: "Predicted",
          cell: ({ truth, predicted }) => (
            <span className="inline-flex items-center gap-1.5">
              {predicted}
              {truth === predicted ? (
                <Check aria-label="right" size={14} className="text-good" />
              ) : (
                <X aria-label="not the same" size={14} className="text-danger" />
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
