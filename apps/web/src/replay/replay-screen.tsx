"use client";
import type { ExperimentView, ProblemView } from "@seams/api";
import { Async, EmptyState, Page, PageHeader, Select, Skeleton } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { useTRPC } from "../trpc";
import { SideBySide } from "./side-by-side";

const PARSERS = {
  budget: parseAsInteger,
  seed: parseAsInteger,
  condition: parseAsString,
  episode: parseAsInteger.withDefault(1),
  left: parseAsString,
  right: parseAsString,
};

/** Two pipelines of a comparison in the same episode of their problem's environment. */
export function ReplayScreen({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const experiment = useQuery(trpc.experiments.get.queryOptions({ id }));
  return (
    <Page wide>
      {experiment.data === undefined ? <h1 className="sr-only">Watch episodes</h1> : null}
      <Async query={experiment} skeleton={<Skeleton className="h-[70vh] w-full" />}>
        {/* Plain JSON: tRPC only rewrites its types. */}
        {(found) => <Loaded experiment={found as ExperimentView} />}
      </Async>
    </Page>
  );
}

function Loaded({ experiment }: { readonly experiment: ExperimentView }) {
  const { id, title, budgets, seeds, pipelines, trials, problem: problemId } = experiment;
  const trpc = useTRPC();
  const [state, setState] = useQueryStates(PARSERS);
  const problem = useQuery({
    ...trpc.problems.get.queryOptions({ id: problemId }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const budget = state.budget ?? budgets.at(-1) ?? 0;
  const seed = state.seed ?? seeds[0] ?? 0;
  const sides = [state.left ?? pipelines[0]?.id, state.right ?? pipelines.at(-1)?.id];
  return (
    <>
      <Crumbs
        items={[
          { label: "Compare", href: paths.comparisons() },
          { label: title, href: paths.comparison(id) },
          { label: "Watch" },
        ]}
      />
      <PageHeader
        title="Watch episodes"
        lead="Trained pipelines in the same episode, as they acted when they were judged. Dashed: what a pipeline believes and plans."
      />
      <Async query={problem} skeleton={<Skeleton className="h-[60vh] w-full" />}>
        {(found) => {
          const { environment } = (found as ProblemView).schema; // plain JSON, as above
          const conditions = environment?.conditions ?? [];
          const condition = conditions.find((one) => one.id === state.condition) ?? conditions[0];
          if (condition === undefined)
            return (
              <EmptyState title="This problem has no environment">
                Its pipelines are judged by single answers only.
              </EmptyState>
            );
          return (
            <>
              <div className="flex flex-wrap items-center gap-3">
                <Choice
                  label="Training rows"
                  value={String(budget)}
                  choices={budgets.map((rows) => [String(rows), `${rows.toLocaleString("en")} rows`])}
                  onValue={(rows) => void setState({ budget: Number(rows) })}
                />
                <Choice
                  label="Seed"
                  value={String(seed)}
                  choices={seeds.map((one) => [String(one), `seed ${one}`])}
                  onValue={(one) => void setState({ seed: Number(one) })}
                />
                <Choice
                  label="Condition"
                  value={condition.id}
                  choices={conditions.map((one) => [one.id, one.title])}
                  onValue={(one) => void setState({ condition: one })}
                />
                {(pipelines.length < 2 ? [] : (["left", "right"] as const)).map((side, index) => (
                  <Choice
                    key={side}
                    label={`Pipeline on the ${side}`}
                    value={sides[index] ?? ""}
                    choices={pipelines.map((one) => [one.id, one.title])}
                    onValue={(one) => void setState({ [side]: one })}
                  />
                ))}
              </div>
              <SideBySide
                key={`${budget} ${seed} ${condition.id} ${state.episode}`}
                condition={condition.id}
                episode={state.episode}
                onEpisode={(episode) => void setState({ episode })}
                sides={[...new Set(sides)].flatMap((side) => {
                  const pipeline = pipelines.find((one) => one.id === side);
                  const trial = trials.find(
                    (one) => one.pipeline === side && one.budget === budget && one.seed === seed,
                  );
                  return pipeline === undefined || trial?.status !== "done"
                    ? []
                    : [{ title: pipeline.title, trial: trial.id }];
                })}
              />
            </>
          );
        }}
      </Async>
    </>
  );
}

function Choice({
  label,
  value,
  choices,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly onValue: (value: string) => void;
}) {
  return (
    <Select
      label={label}
      className="w-56"
      value={value}
      choices={choices.map(([one, words]) => ({ value: one, label: words }))}
      onValueChange={onValue}
    />
  );
}
