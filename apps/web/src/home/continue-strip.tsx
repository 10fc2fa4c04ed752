"use client";
import { Section } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { ChartSpline, Workflow } from "lucide-react";
import Link from "next/link";
import { paths } from "../paths";
import { isMoving } from "../problem/results-tab";
import { useTRPC } from "../trpc";

const MOST = 3;
const REFRESH_MS = 3_000;
const ITEM =
  "flex min-h-12 items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 text-sm shadow-card hover:border-edge";

/** What one left: experiments that run, and one's newest pipelines. Nothing to continue: nothing there. */
export function ContinueStrip() {
  const trpc = useTRPC();
  const pipelines = useQuery(trpc.pipelines.list.queryOptions({}));
  const experiments = useQuery({
    ...trpc.experiments.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.some(isMoving) === true ? REFRESH_MS : false),
  });
  const running = (experiments.data ?? []).filter(isMoving).slice(0, MOST);
  const own = (pipelines.data ?? [])
    .filter(({ origin }) => origin === "own")
    .sort((a, b) => (b.updatedAt ?? "").localeCompare(a.updatedAt ?? ""))
    .slice(0, MOST);
  if (running.length === 0 && own.length === 0) return null;
  return (
    <Section title="Continue">
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {running.map(({ id, title, done, total }) => (
          <li key={id}>
            <Link href={paths.comparison(id)} className={ITEM}>
              <ChartSpline aria-hidden size={18} className="shrink-0 text-accent" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{title}</span>
                <span className="flex items-center gap-2 text-quiet">
                  <progress
                    className="h-1.5 w-24 accent-(--accent)"
                    value={done}
                    max={total}
                    aria-label={`${title}: trials done`}
                  />
                  {done} of {total} trials
                </span>
              </span>
            </Link>
          </li>
        ))}
        {own.map(({ id, title, problem, updatedAt }) => (
          <li key={id}>
            <Link href={paths.pipeline(id)} className={ITEM}>
              <Workflow aria-hidden size={18} className="shrink-0 text-quiet" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{title}</span>
                <span className="block truncate text-quiet">
                  {problem}
                  {updatedAt === null ? "" : `, saved ${new Date(updatedAt).toLocaleString()}`}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
