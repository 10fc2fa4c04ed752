"use client";
import { Section, Table } from "@seams/ui";
import { useMemo } from "react";
import { writeScore } from "../scores";
import { stageProgress } from "./stage-progress";
import type { Run } from "./use-run";

/** The graph in words: each stage that is trained, how far it is, and why it trains or need not. */
export function StageList({ trial, log }: Pick<Run, "trial" | "log">) {
  const progress = useMemo(() => stageProgress(log.view, trial.plan), [log.view, trial.plan]);
  const results = log.view.result?.stages ?? {};
  const rows = Object.entries(progress).map(([id, each]) => ({
    id,
    title: trial.document.stages[id]?.title ?? id,
    ...each,
    scores: Object.entries(results[id]?.scores ?? {}),
    weights: results[id]?.weights,
  }));
  if (rows.length === 0) return null;
  return (
    <Section title="Stages">
      <Table
        caption="Stages that are trained, and what became of them"
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            key: "stage",
            title: "Stage",
            cell: ({ id, title }) => (
              <>
                <span className="font-medium">{title}</span>
                {title === id ? null : <span className="block font-mono text-quiet">{id}</span>}
              </>
            ),
          },
          {
            key: "state",
            title: "State",
            cell: ({ words, because }) => (
              <>
                {words}
                {because === undefined ? null : <span className="block text-quiet">{because}</span>}
              </>
            ),
          },
          {
            key: "score",
            title: "On the test rows",
            cell: ({ scores }) =>
              scores.length === 0 ? (
                <span className="text-quiet">not yet</span>
              ) : (
                scores.map(([metric, value]) => (
                  <span key={metric} className="block whitespace-nowrap">
                    {metric} {writeScore(metric, value)}
                  </span>
                ))
              ),
          },
          {
            key: "weights",
            title: "Weights",
            cell: ({ weights }) =>
              weights === undefined ? (
                <span className="text-quiet">–</span>
              ) : (
                <code title={`sha-256 ${weights}`}>{weights.slice(0, 10)}</code>
              ),
          },
        ]}
      />
    </Section>
  );
}
