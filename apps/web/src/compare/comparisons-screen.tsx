"use client";
import { Async, Badge, Button, EmptyState, Page, PageHeader, Skeleton, Table } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { isLab } from "../labs/is-lab";
import { paths } from "../paths";
import { StatusBadge } from "../run/trial-status";
import { Crumbs } from "../shell/crumbs";
import { type Outputs, useTRPC } from "../trpc";

const REFRESH_MS = 3_000;

type Item = Outputs["experiments"]["list"][number];

const isMoving = ({ status }: Item): boolean => status === "queued" || status === "running";

/** All comparisons and labs: experiments of more than one trial, the newest first. */
export function ComparisonsScreen() {
  const trpc = useTRPC();
  const query = useQuery({
    ...trpc.experiments.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) === true ? REFRESH_MS : false),
  });
  return (
    <Page>
      <Crumbs items={[{ label: "Compare" }]} />
      <PageHeader
        title="Comparisons"
        lead="Pipelines of one problem, trained with the same rows from the same seeds: which one can your data afford?"
      />
      <Async
        query={query}
        skeleton={<Skeleton className="h-96 w-full" />}
        safe="Trials that run go on."
        isEmpty={(all) => !all.some(isComparison)}
        empty={
          <EmptyState
            title="Nothing was compared yet"
            action={
              <Button asChild>
                <Link href={paths.gallery()}>Choose a problem</Link>
              </Button>
            }
          >
            Open a pipeline and press Compare: choose the others, the numbers of rows and the seeds.
          </EmptyState>
        }
      >
        {(all) => <ComparisonTable items={all.filter(isComparison)} />}
      </Async>
    </Page>
  );
}

const isComparison = ({ total }: Item): boolean => total > 1;

function ComparisonTable({ items }: { readonly items: readonly Item[] }) {
  return (
    <Table
      caption="Comparisons"
      rows={items}
      keyOf={({ id }) => id}
      columns={[
        {
          key: "status",
          title: "Status",
          sortBy: ({ status }) => status,
          cell: ({ status }) => <StatusBadge status={status} />,
        },
        {
          key: "title",
          title: "Comparison",
          sortBy: ({ title }) => title,
          cell: (item) => (
            <span className="inline-flex flex-wrap items-center gap-2">
              <Link
                href={paths.comparison(item.id)}
                prefetch={false}
                className="inline-flex min-h-6 items-center font-medium text-accent underline-offset-2 hover:underline"
              >
                {item.title}
              </Link>
              {isLab(item) ? <Badge tone="accent">lab</Badge> : null}
            </span>
          ),
        },
        {
          key: "problem",
          title: "Problem",
          sortBy: ({ problem }) => problem,
          cell: ({ problem }) => (
            <Link
              href={paths.problem(problem)}
              prefetch={false}
              className="inline-flex min-h-6 items-center underline-offset-2 hover:underline"
            >
              {problem}
            </Link>
          ),
        },
        {
          key: "trials",
          title: "Trials",
          align: "number",
          sortBy: ({ total }) => total,
          cell: ({ done, failed, total }) => (
            <>
              {done}/{total}
              {failed === 0 ? null : <span className="block text-danger">{failed} failed</span>}
            </>
          ),
        },
        {
          key: "created",
          title: "Started",
          sortBy: ({ createdAt }) => createdAt,
          cell: ({ createdAt }) => new Date(createdAt).toLocaleString(),
        },
      ]}
    />
  );
}
