"use client";
import { Async, Banner, Button, Chip, EmptyState, IconButton, Skeleton } from "@seams/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, ListFilter } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { type Outputs, useTRPC } from "../trpc";
import { explorerParsers, filteredBy, PAGE_SIZE, pageCount, recordQuery } from "./explorer-url";
import { Facets } from "./facets";
import { RecordDrawer } from "./record-drawer";
import { namedFields, unbalancedTargets } from "./record-fields";
import { RecordGrid } from "./record-grid";

/** The data explorer: facets at the left, a page of records, one record in detail. All of it is in the URL. */
export function DataTab({ problem }: { readonly problem: Outputs["problems"]["get"] }) {
  const trpc = useTRPC();
  const [state, setState] = useQueryStates(explorerParsers, { history: "push" });
  const fields = useMemo(() => namedFields(problem.schema), [problem.schema]);
  const page = useQuery({
    ...trpc.problems.records.queryOptions(recordQuery(problem.card.id, state)),
    placeholderData: keepPreviousData,
  });
  const records = page.data?.records ?? [];
  const opened = state.record === null ? undefined : records[state.record - 1];
  const open = (index: number | null): void => void setState({ record: index === null ? null : index + 1 });
  const step = (by: number): (() => void) | undefined => {
    const next = (state.record ?? 0) - 1 + by;
    return next < 0 || next >= records.length ? undefined : () => open(next);
  };
  const facets = (
    <Facets
      problem={problem}
      fields={fields}
      state={state}
      onChange={(change) => void setState({ ...change })}
    />
  );
  return (
    <div className="grid gap-6 pt-6 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <aside aria-label="Filters" className="hidden lg:block">
        {facets}
      </aside>
      <details className="rounded-md border border-line bg-surface px-3 py-2 lg:hidden">
        <summary className="flex min-h-6 items-center gap-2 text-sm font-medium">
          <ListFilter aria-hidden size={16} /> Filters and counts
        </summary>
        <div className="pt-3">{facets}</div>
      </details>
      <div className="flex min-w-0 flex-col gap-4">
        <BalanceNote problem={problem} />
        <Async
          query={page}
          skeleton={<Skeleton className="h-[36rem] w-full" />}
          safe="The data is stored and safe."
          isEmpty={({ total }) => total === 0}
          empty={
            <EmptyState
              title="No record is like that"
              action={
                <Button
                  onClick={() =>
                    void setState({ ...filteredBy({ split: null, missing: null, field: null, value: null }) })
                  }
                >
                  Show all records
                </Button>
              }
            >
              Every record fails one of the filters.
            </EmptyState>
          }
        >
          {({ total }) => (
            <>
              <div className="flex flex-wrap items-center gap-2">
                <Pages
                  page={state.page}
                  total={total}
                  onPage={(next) => void setState({ page: next, record: null })}
                />
                {state.missing === null ? null : (
                  <Chip
                    removeLabel={`Show records with ${state.missing} too`}
                    onRemove={() => void setState({ ...filteredBy({ missing: null }) })}
                  >
                    without {state.missing}
                  </Chip>
                )}
                {state.field === null || state.value === null ? null : (
                  <Chip
                    removeLabel={`Show all values of ${state.field}`}
                    onRemove={() => void setState({ ...filteredBy({ field: null, value: null }) })}
                  >
                    {state.field} = {state.value}
                  </Chip>
                )}
              </div>
              {records.length === 0 ? (
                <EmptyState
                  title="This page is behind the last record"
                  action={<Button onClick={() => void setState({ page: 1 })}>Go to the first page</Button>}
                />
              ) : (
                <div className={page.isPlaceholderData ? "opacity-60" : undefined}>
                  <RecordGrid records={records} fields={fields} onOpen={open} />
                </div>
              )}
            </>
          )}
        </Async>
      </div>
      <RecordDrawer
        record={opened}
        fields={fields}
        onClose={() => open(null)}
        onPrevious={step(-1)}
        onNext={step(1)}
      />
    </div>
  );
}

function Pages({
  page,
  total,
  onPage,
}: {
  readonly page: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}) {
  const pages = pageCount(total);
  const first = (page - 1) * PAGE_SIZE + 1;
  const last = Math.min(total, page * PAGE_SIZE);
  return (
    <nav aria-label="Pages of records" className="flex items-center gap-1 text-sm">
      <IconButton
        label="Previous page"
        icon={<ChevronLeft aria-hidden size={16} />}
        disabled={page <= 1}
        onClick={() => onPage(page - 1)}
      />
      <span aria-live="polite">
        {first.toLocaleString("en")}–{last.toLocaleString("en")} of {total.toLocaleString("en")}
      </span>
      <IconButton
        label="Next page"
        icon={<ChevronRight aria-hidden size={16} />}
        disabled={page >= pages}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  );
}

/** Said where several targets have very different numbers of labels: shared training then tends to fail the small one. */
function BalanceNote({ problem }: { readonly problem: Outputs["problems"]["get"] }) {
  const { rows } = problem.card;
  const found = unbalancedTargets(
    problem.schema.target.map((name) => ({
      name,
      count: rows.train - (problem.fields[name]?.missing.train ?? 0),
    })),
  );
  if (found === undefined) return null;
  return (
    <Banner tone="warning">
      {found.most} has {Math.round(found.ratio)} times the labels of {found.least}. Beyond ten times, one
      network for both is expected to serve {found.least} worse than a network that learns {found.most} first.
    </Banner>
  );
}
