"use client";
import {
  Async,
  Button,
  EmptyState,
  Page,
  PageHeader,
  Select,
  shortDuration,
  Skeleton,
  Table,
} from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryState } from "nuqs";
import { paths } from "../paths";
import { writeScore } from "../scores";
import { Crumbs } from "../shell/crumbs";
import { type Outputs, useTRPC } from "../trpc";
import { statusWords } from "./run-words";
import { StatusBadge } from "./trial-status";

const ALL = "all";
const REFRESH_MS = 3_000;
const LINK = "inline-flex min-h-6 items-center font-medium text-accent underline-offset-2 hover:underline";

type Item = Outputs["trials"]["list"][number];

const STATUSES = [
  { value: ALL, label: "Any status" },
  ...(["queued", "running", "done", "failed", "cancelled"] as const).map((status) => ({
    value: status,
    label: status,
  })),
];

/** Every trial there is, the newest 500; the URL keeps which are shown. */
export function RunsScreen() {
  const trpc = useTRPC();
  const [status, setStatus] = useQueryState("status", parseAsString.withDefault(ALL));
  const [problem, setProblem] = useQueryState("problem", parseAsString.withDefault(ALL));
  const runs = useQuery({
    ...trpc.trials.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) === true ? REFRESH_MS : false),
  });
  const problems = [...new Set((runs.data ?? []).map((each) => each.problem))].sort();
  const isShown = (item: Item): boolean =>
    (status === ALL || item.status === status) && (problem === ALL || item.problem === problem);
  return (
    <Page>
      <Crumbs items={[{ label: "Runs" }]} />
      <PageHeader
        title="Runs"
        lead="One line a trial: one pipeline, trained with one number of rows from one seed."
        actions={
          <>
            <Select
              label="Status"
              className="w-40"
              value={status}
              onValueChange={(next) => void setStatus(next === ALL ? null : next)}
              choices={STATUSES}
            />
            <Select
              label="Problem"
              className="w-48"
              value={problem}
              onValueChange={(next) => void setProblem(next === ALL ? null : next)}
              choices={[
                { value: ALL, label: "Any problem" },
                ...problems.map((each) => ({ value: each, label: each })),
              ]}
            />
          </>
        }
      />
      <Async
        query={runs}
        skeleton={<Skeleton className="h-96 w-full" />}
        safe="Trials that run go on."
        isEmpty={(all) => all.length === 0}
        empty={
          <EmptyState
            title="Nothing was trained yet"
            action={
              <Button asChild>
                <Link href={paths.gallery()}>Choose a problem</Link>
              </Button>
            }
          >
            Open a pipeline and press Train, or compare two of them.
          </EmptyState>
        }
      >
        {(all) => {
          const shown = all.filter(isShown);
          return shown.length === 0 ? (
            <EmptyState
              title="No run is like that"
              action={
                <Button
                  onClick={() => {
                    void setStatus(null);
                    void setProblem(null);
                  }}
                >
                  Show all {all.length}
                </Button>
              }
            />
          ) : (
            <RunTable runs={shown} />
          );
        }}
      </Async>
    </Page>
  );
}

const isMoving = ({ status }: Item): boolean => status === "queued" || status === "running";

function RunTable({ runs }: { readonly runs: readonly Item[] }) {
  return (
    <Table
      caption="Runs"
      rows={runs}
      keyOf={({ id }) => id}
      columns={[
        {
          key: "status",
          title: "Status",
          sortBy: ({ status }) => status,
          cell: (item) => (
            <StatusBadge status={item.status}>
              {statusWords({ ...item, starting: false }, item.queuePosition)}
            </StatusBadge>
          ),
        },
        {
          key: "title",
          title: "Pipeline",
          sortBy: ({ title }) => title,
          cell: ({ id, title, seed, budget }) => (
            <Link
              href={paths.run(id)}
              prefetch={false}
              className={LINK}
              aria-label={`${title}, ${budget} rows, seed ${seed}`}
            >
              {title}
            </Link>
          ),
        },
        {
          key: "problem",
          title: "Problem",
          sortBy: (item) => item.problem,
          cell: (item) => (
            <Link
              href={paths.problem(item.problem)}
              prefetch={false}
              className="inline-flex min-h-6 items-center underline-offset-2 hover:underline"
            >
              {item.problem}
            </Link>
          ),
        },
        {
          key: "budget",
          title: "Rows",
          align: "number",
          sortBy: ({ budget }) => budget,
          cell: ({ budget }) => budget.toLocaleString("en"),
        },
        { key: "seed", title: "Seed", align: "number", sortBy: ({ seed }) => seed, cell: ({ seed }) => seed },
        {
          key: "score",
          title: "Test score",
          align: "number",
          cell: ({ test }) => {
            const [first] = Object.entries(test ?? {});
            return first === undefined ? (
              <span className="text-quiet">–</span>
            ) : (
              `${first[0]} ${writeScore(first[0], first[1])}`
            );
          },
        },
        {
          key: "seconds",
          title: "Took",
          align: "number",
          sortBy: ({ seconds }) => seconds ?? Number.POSITIVE_INFINITY,
          cell: ({ seconds }) => (seconds === undefined ? "–" : shortDuration(seconds)),
        },
        {
          key: "comparison",
          title: "Part of",
          cell: ({ experiment, siblings }) =>
            siblings === 1 ? (
              <span className="text-quiet">a single run</span>
            ) : (
              <Link
                href={paths.comparison(experiment)}
                prefetch={false}
                className="inline-flex min-h-6 items-center whitespace-nowrap underline-offset-2 hover:underline"
              >
                {siblings} trials
              </Link>
            ),
        },
      ]}
    />
  );
}
