"use client";
import type { ExamplesView, ExperimentView } from "@seams/api";
import { Async, Chip, EmptyState, IconButton, Page, PageHeader, Select, Skeleton } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { useTRPC } from "../trpc";
import { Example } from "./example";
import { FILTER_WORDS, FILTERS, filtersOf, positionsOf, step } from "./row-filter";

const PARSERS = {
  budget: parseAsInteger,
  seed: parseAsInteger,
  at: parseAsInteger.withDefault(1),
  show: parseAsStringLiteral(FILTERS).withDefault("all"),
};

/** Single test records of a comparison on their way through each of its pipelines, with every value open to change. */
export function ExamplesScreen({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const experiment = useQuery(trpc.experiments.get.queryOptions({ id }));
  return (
    <Page wide>
      {experiment.data === undefined ? <h1 className="sr-only">Examples</h1> : null}
      <Async query={experiment} skeleton={<Skeleton className="h-[70vh] w-full" />}>
        {/* Plain JSON: tRPC only rewrites its types. */}
        {(found) => <Loaded experiment={found as ExperimentView} />}
      </Async>
    </Page>
  );
}

function Loaded({ experiment }: { readonly experiment: ExperimentView }) {
  const { id, title, budgets, seeds } = experiment;
  const trpc = useTRPC();
  const [state, setState] = useQueryStates(PARSERS);
  const budget = state.budget ?? budgets.at(-1) ?? 0;
  const seed = state.seed ?? seeds[0] ?? 0;
  const examples = useQuery(trpc.experiments.examples.queryOptions({ id, budget, seed }));
  return (
    <>
      <Crumbs
        items={[
          { label: "Compare", href: paths.comparisons() },
          { label: title, href: paths.comparison(id) },
          { label: "Examples" },
        ]}
      />
      <PageHeader
        title="One example through every seam"
        lead="A record that no training has touched, on its way through each pipeline. Change any value by hand: what lies behind it follows."
      >
        <div className="flex flex-wrap items-center gap-3">
          <Select
            label="Training rows"
            className="w-36"
            value={String(budget)}
            choices={budgets.map((rows) => ({
              value: String(rows),
              label: `${rows.toLocaleString("en")} rows`,
            }))}
            onValueChange={(rows) => void setState({ budget: Number(rows) })}
          />
          <Select
            label="Seed"
            className="w-28"
            value={String(seed)}
            choices={seeds.map((one) => ({ value: String(one), label: `seed ${one}` }))}
            onValueChange={(one) => void setState({ seed: Number(one) })}
          />
        </div>
      </PageHeader>
      <Async
        query={examples}
        skeleton={<Skeleton className="h-[60vh] w-full" />}
        isEmpty={({ testRows }) => testRows === 0}
        empty={
          <EmptyState title="Nothing is trained with these rows and this seed yet">
            Choose others, or wait until a trial has ended.
          </EmptyState>
        }
      >
        {(found) => <Walk key={`${budget} ${seed}`} examples={found} state={state} setState={setState} />}
      </Async>
    </>
  );
}

interface WalkParts {
  readonly examples: ExamplesView;
  readonly state: { readonly at: number; readonly show: (typeof FILTERS)[number] };
  readonly setState: (change: Partial<{ at: number; show: (typeof FILTERS)[number] }>) => Promise<unknown>;
}

/** Steps through the records that pass a filter. The URL says which record, from 1. */
function Walk({ examples, state, setState }: WalkParts) {
  const positions = positionsOf(examples, state.show);
  const wanted = Math.min(Math.max(state.at, 1), examples.testRows) - 1;
  const position = positions.includes(wanted) ? wanted : (step(positions, wanted, 1) ?? positions.at(-1));
  const before = position === undefined ? undefined : step(positions, position, -1);
  const after = position === undefined ? undefined : step(positions, position, 1);
  const go = (to: number | undefined): void => {
    if (to !== undefined) void setState({ at: to + 1 });
  };
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <nav aria-label="Examples" className="flex items-center gap-1 text-sm">
          <IconButton
            label="Previous example"
            icon={<ChevronLeft aria-hidden size={16} />}
            disabled={before === undefined}
            onClick={() => go(before)}
          />
          <span aria-live="polite" className="min-w-40 text-center">
            {position === undefined
              ? "none"
              : `test record ${(position + 1).toLocaleString("en")} of ${examples.testRows.toLocaleString("en")}`}
          </span>
          <IconButton
            label="Next example"
            icon={<ChevronRight aria-hidden size={16} />}
            disabled={after === undefined}
            onClick={() => go(after)}
          />
        </nav>
        <div className="flex flex-wrap gap-2">
          {filtersOf(examples).map((filter) => (
            <Chip
              key={filter}
              pressed={state.show === filter}
              onPress={() => void setState({ show: filter })}
            >
              {FILTER_WORDS[filter]}{" "}
              <span className="text-quiet">{positionsOf(examples, filter).length.toLocaleString("en")}</span>
            </Chip>
          ))}
        </div>
      </div>
      {position === undefined ? (
        <EmptyState title={`No test record: ${FILTER_WORDS[state.show].toLowerCase()}`}>
          With these rows and this seed there is none. Choose another filter.
        </EmptyState>
      ) : (
        <Example key={position} examples={examples} position={position} />
      )}
    </>
  );
}
