"use client";
import type { ExperimentView, ProblemView } from "@seams/api";
import type { Comparison, Prices } from "@seams/core/measure";
import { Chip } from "@seams/ui";
import { SeriesKey, seriesLook } from "@seams/ui/chart";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { useTRPC } from "../trpc";
import { AdviceList } from "./advice-list";
import { AttributionFigure } from "./attribution-figure";
import { CostFigure } from "./cost-figure";
import { DifferenceFigures } from "./difference-figures";
import { LabelPlanner } from "./label-planner";
import { LoopCard } from "./loop-card";
import { pricedFields, readPrices, startingPrices, writePrices } from "./prices";
import { ResultTable } from "./result-table";
import { ScoreFigure } from "./score-figure";
import { StageScores } from "./stage-scores";

interface ResultsParts {
  readonly experiment: ExperimentView;
  readonly comparison: Comparison;
}

/** In the URL: nothing is compared with. */
const NO_BASELINE = "none";

/** Charts and tables of a comparison. The URL keeps prices and baseline; scores never depend on either. */
export function Results({ experiment, comparison }: ResultsParts) {
  const trpc = useTRPC();
  const problem = useQuery({
    ...trpc.problems.get.queryOptions({ id: experiment.problem }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [written, setWritten] = useQueryState("prices", parseAsString.withDefault(""));
  const [baseline, setBaseline] = useQueryState(
    "baseline",
    parseAsString.withDefault(comparison.pipelines[0]?.id ?? NO_BASELINE),
  );
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  // Plain JSON: tRPC only rewrites its types.
  const facts = problem.data as ProblemView | undefined;
  const start = useMemo(() => startingPrices(experiment, facts?.schema), [experiment, facts]);
  const prices: Prices = useMemo(() => ({ ...start, ...readPrices(written) }), [start, written]);
  const fields = useMemo(() => pricedFields(comparison.cells), [comparison]);
  const shown = useMemo(
    () => new Set(comparison.pipelines.map(({ id }) => id).filter((id) => !hidden.has(id))),
    [comparison, hidden],
  );
  const legend = comparison.pipelines.map(({ id, title }, index) => (
    <Chip
      key={id}
      pressed={shown.has(id)}
      onPress={() => {
        const next = new Set(hidden);
        if (!next.delete(id)) next.add(id);
        setHidden(next);
      }}
    >
      <SeriesKey look={seriesLook(index)} title={title} />
    </Chip>
  ));
  const parts = { comparison, shown, legend };
  return (
    <>
      <div className="grid gap-8 2xl:grid-cols-2">
        <ScoreFigure {...parts} problem={facts} />
        <CostFigure
          {...parts}
          fields={fields}
          prices={prices}
          start={start}
          onPrice={(field, price) =>
            void setWritten(writePrices({ ...prices, [field]: price }, start) || null)
          }
          onReset={() => void setWritten(null)}
        />
      </div>
      <LoopCard comparison={comparison} />
      <AdviceList experiment={experiment} advice={comparison.advice} metric={comparison.metric} />
      <AttributionFigure experiment={experiment.id} comparison={comparison} />
      <DifferenceFigures comparison={comparison} />
      <ResultTable
        experiment={experiment}
        comparison={comparison}
        prices={prices}
        baseline={baseline === NO_BASELINE ? undefined : baseline}
        onBaseline={(id) => void setBaseline(id ?? NO_BASELINE)}
      />
      <StageScores comparison={comparison} />
      <LabelPlanner comparison={comparison} prices={prices} />
    </>
  );
}
