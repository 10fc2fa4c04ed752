"use client";
import type { ExperimentView } from "@seams/api";
import type { Comparison } from "@seams/core/measure";
import { Button, ErrorState } from "@seams/ui";
import { useMutation } from "@tanstack/react-query";
import { Dices } from "lucide-react";
import { useRouter } from "next/navigation";
import { paths } from "../paths";
import { useTRPC } from "../trpc";

/** The API's limit on seeds of one experiment. */
const MOST_SEEDS = 100;

/** Where something is undecided: the same comparison with the seeds that would decide it. What has run is not run again. */
export function MoreSeeds({
  experiment,
  comparison,
}: {
  readonly experiment: ExperimentView;
  readonly comparison: Comparison;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const start = useMutation(
    trpc.experiments.start.mutationOptions({ onSuccess: ({ id }) => router.push(paths.comparison(id)) }),
  );
  const open = comparison.paired.filter(({ verdict }) => verdict === "undecided");
  const needed = Math.max(0, ...open.map(({ seedsNeeded }) => seedsNeeded ?? 0));
  if (needed <= experiment.seeds.length) return null;
  const seeds = moreSeeds(experiment.seeds, Math.min(needed, MOST_SEEDS));
  const { problem, pipelines, budgets, prices } = experiment;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        icon={<Dices aria-hidden size={16} />}
        busy={start.isPending || start.isSuccess}
        onClick={() =>
          start.mutate({
            problem,
            pipelines: pipelines.map(({ id, version }) => ({ id, ...(version === null ? {} : { version }) })),
            budgets: [...budgets],
            seeds: [...seeds],
            prices: { ...prices },
            key: crypto.randomUUID(),
          })
        }
      >
        Compare with {seeds.length} seeds
      </Button>
      <p className="max-w-prose text-sm text-quiet">
        {open.length} {open.length === 1 ? "difference is" : "differences are"} undecided: would need about{" "}
        {needed} seeds at 80 % power
        {needed > MOST_SEEDS ? `, more than the ${MOST_SEEDS} of one comparison` : ""}. Trials that are here
        come from the cache.
      </p>
      {start.error === null ? null : (
        <ErrorState error={start.error} safe="This comparison stays as it is." />
      )}
    </div>
  );
}

/** The seeds that there are, and the smallest others that make up the number. */
export function moreSeeds(seeds: readonly number[], count: number): readonly number[] {
  const more = [...seeds];
  for (let seed = 1; more.length < count; seed++) if (!more.includes(seed)) more.push(seed);
  return more;
}
