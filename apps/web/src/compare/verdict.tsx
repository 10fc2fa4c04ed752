"use client";
import type { ExperimentView } from "@seams/api";
import { type Comparison, FEWEST_SEEDS, verdictInWords } from "@seams/core/measure";
import { Banner, Card } from "@seams/ui";
import { MoreSeeds } from "./more-seeds";

/** So many differences are shown at once; more are folded away. */
const FEW_PAIRS = 3;

interface VerdictParts {
  readonly experiment: ExperimentView;
  readonly comparison: Comparison;
  /** Trials are still to come. */
  readonly partial: boolean;
}

/** What the measurements say, in words; then the numbers that they say it from. */
export function Verdict({ experiment, comparison, partial }: VerdictParts) {
  const { paired, headline, crossover, seeds } = comparison;
  const fewSeeds = seeds.length < FEWEST_SEEDS;
  return (
    <Card className="flex flex-col gap-4 border-l-4 border-l-accent p-5">
      <section aria-label="Verdict" className="flex flex-col gap-2">
        <h2 className="text-sm font-medium text-quiet">
          {partial ? "What the trials that ended say so far" : "Verdict"}
        </h2>
        <p className="max-w-[70ch] text-lg font-semibold">{verdictInWords(comparison)}</p>
        {[...headline, ...crossover].map(({ a, b, words }, index) => (
          <p key={`${a} ${b} ${index}`} className="max-w-[80ch]">
            {words}
          </p>
        ))}
      </section>
      {fewSeeds ? (
        <Banner tone="warning">
          {seeds.length === 1 ? "One seed says" : `${seeds.length} seeds say`} nothing about how much results
          vary: no intervals are drawn and no verdict is given under {FEWEST_SEEDS} seeds.
        </Banner>
      ) : null}
      {paired.length === 0 ? null : (
        <details className="text-sm" open={paired.length <= FEW_PAIRS}>
          <summary className="inline-flex min-h-6 items-center font-medium text-accent">
            Each pair at each budget: {paired.length} {paired.length === 1 ? "difference" : "differences"}{" "}
            with intervals
          </summary>
          <ul className="mt-2 flex flex-col gap-1.5">
            {paired.map(({ a, b, budget, words }) => (
              <li key={`${a} ${b} ${budget}`} className="max-w-[90ch]">
                {words}
              </li>
            ))}
          </ul>
        </details>
      )}
      {partial ? null : <MoreSeeds experiment={experiment} comparison={comparison} />}
    </Card>
  );
}
