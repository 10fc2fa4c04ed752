"use client";
import { Card, Chip, EmptyState, Slider } from "@seams/ui";
import { parseAsBoolean, parseAsFloat, parseAsStringLiteral, useQueryState } from "nuqs";
import type { ReactNode } from "react";
import { PhaseCard } from "./phase-card";
import { headNames } from "./phase-curves";
import type { Run } from "./use-run";

const AXES = ["step", "seconds"] as const;
const MOST_SMOOTHING = 0.99;

/** One card a phase, and how all of their curves are drawn; the URL keeps that. */
export function PhaseCards({ trial, log }: Pick<Run, "trial" | "log">) {
  const [axis, setAxis] = useQueryState("x", parseAsStringLiteral(AXES).withDefault("step"));
  const [logY, setLogY] = useQueryState("log", parseAsBoolean.withDefault(false));
  const [heads, setHeads] = useQueryState("heads", parseAsBoolean.withDefault(true));
  const [ema, setEma] = useQueryState("smooth", parseAsFloat.withDefault(0));
  const smoothing = Math.min(Math.max(ema, 0), MOST_SMOOTHING);
  const { phases } = log.view;
  if (phases.length === 0) {
    return (
      <EmptyState title={log.status === "queued" ? "It waits for a worker" : "No phase has begun yet"}>
        The plan has {trial.plan.phases.filter((phase) => phase.do === "train").length} phases to train. Their
        curves appear here.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Curves" className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Group label="Along">
          {AXES.map((each) => (
            <Chip key={each} pressed={axis === each} onPress={() => void setAxis(each)}>
              {each === "step" ? "steps" : "seconds"}
            </Chip>
          ))}
        </Group>
        <Group label="Show">
          <Chip pressed={logY} onPress={() => void setLogY(!logY)}>
            log y
          </Chip>
          {phases.some((phase) => headNames(phase).length > 0) ? (
            <Chip pressed={heads} onPress={() => void setHeads(!heads)}>
              each head
            </Chip>
          ) : null}
        </Group>
        <div className="flex items-center gap-3 text-sm">
          <span className="text-quiet">Smoothing</span>
          <div className="w-32">
            <Slider
              label="Smoothing: weight of the moving average"
              value={smoothing}
              min={0}
              max={MOST_SMOOTHING}
              step={0.01}
              valueText={smoothing === 0 ? "off" : smoothing.toFixed(2)}
              onValueChange={(value) => void setEma(value === 0 ? null : value)}
            />
          </div>
          <span className="w-8">{smoothing === 0 ? "off" : smoothing.toFixed(2)}</span>
        </div>
      </div>
      {phases.map((phase) => (
        <Card key={phase.id} className="p-4">
          <PhaseCard phase={phase} plan={trial.plan} choice={{ axis, smoothing, heads }} logY={logY} />
        </Card>
      ))}
    </section>
  );
}

function Group({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="flex items-center gap-2">
      <span aria-hidden className="text-sm text-quiet">
        {label}
      </span>
      {children}
    </div>
  );
}
