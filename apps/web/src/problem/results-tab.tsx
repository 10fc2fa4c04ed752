"use client";
import { Async, Badge, Button, EmptyState, Skeleton, Table, type Tone } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { paths } from "../paths";
import { type Outputs, useTRPC } from "../trpc";

type Experiment = Outputs["experiments"]["list"][number];

const TONES: Readonly<Record<Experiment["status"], Tone>> = {
  queued: "neutral",
  running: "accent",
  done: "good",
  failed: "danger",
  cancelled: "warning",
};

const REFRESH_MS = 3_000;

/** Comparisons of this problem, newest first; those that run are looked at again every 3 seconds. */
export function ResultsTab({
  problem,
  onPipelines,
}: {
  readonly problem: string;
  readonly onPipelines: () => void;
}) {
  const trpc = useTRPC();
  const experiments = useQuery({
    ...trpc.experiments.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) === true ? REFRESH_MS : false),
    select: (all) => all.filter((experiment) => experiment.problem === problem),
  });
  return (
    <div className="pt-6">
      <Async
        query={experiments}
        skeleton={<Skeleton className="h-64 w-full" />}
        safe="Results are stored and safe; what runs goes on."
        isEmpty={(all) => all.length === 0}
        empty={
          <EmptyState
            title="Nothing has been measured yet"
            action={<Button onClick={onPipelines}>Choose pipelines to compare</Button>}
          >
            A comparison trains pipelines of this problem on the same rows and shows which one wins at which
            number of examples.
          </EmptyState>
        }
      >
        {(all) => (
          <Table
            caption="Comparisons and runs of this problem"
            rows={all}
            keyOf={({ id }) => id}
            columns={[
              {
                key: "title",
                title: "Comparison",
                sortBy: ({ title }) => title,
                cell: ({ id, title }) => (
                  <Link
                    href={paths.comparison(id)}
                    className="inline-flex min-h-6 items-center font-medium text-accent underline-offset-2 hover:underline"
                  >
                    {title}
                  </Link>
                ),
              },
              {
                key: "status",
                title: "State",
                sortBy: ({ status }) => status,
                cell: ({ status }) => <Badge tone={TONES[status]}>{status}</Badge>,
              },
              {
                key: "trials",
                title: "Trials",
                align: "number",
                sortBy: ({ total }) => total,
                cell: ({ done, total, failed }) =>
                  `${done} of ${total}${failed === 0 ? "" : `, ${failed} failed`}`,
              },
              {
                key: "created",
                title: "Started",
                sortBy: ({ createdAt }) => createdAt,
                cell: ({ createdAt }) => new Date(createdAt).toLocaleString(),
              },
            ]}
          />
        )}
      </Async>
    </div>
  );
}

/** True where trials still wait or run. */
export const isMoving = ({ status }: Experiment): boolean => status === "queued" || status === "running";
