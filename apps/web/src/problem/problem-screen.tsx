"use client";
import { Async, Badge, Page, PageHeader, Skeleton, Tabs, TypeChip } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { paths } from "../paths";
import { Crumbs } from "../shell/crumbs";
import { type Outputs, useTRPC } from "../trpc";
import { AboutTab } from "./about-tab";
import { BudgetSlider } from "./budget-slider";
import { DataTab } from "./data-tab";
import { PipelinesTab } from "./pipelines-tab";
import { namedFields } from "./record-fields";
import { ResultsTab } from "./results-tab";

const TABS = ["data", "pipelines", "results", "about"] as const;

/** One problem: its data, the pipelines that cut it, what was measured, and where it comes from. */
export function ProblemScreen({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const problem = useQuery(trpc.problems.get.queryOptions({ id }));
  return (
    <Page wide>
      <Crumbs
        items={[
          { label: "Gallery", href: paths.gallery() },
          { label: problem.data?.card.title ?? "Problem" },
        ]}
      />
      <Async
        query={problem}
        skeleton={<Skeleton className="h-[40rem] w-full" />}
        safe="Problems are stored by the API and are safe."
      >
        {(view) => <ProblemBody problem={view} />}
      </Async>
    </Page>
  );
}

function ProblemBody({ problem }: { readonly problem: Outputs["problems"]["get"] }) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("data"));
  const { card, schema } = problem;
  const fields = namedFields(schema);
  const chips = (part: (typeof fields)[number]["part"]) =>
    fields
      .filter((field) => field.part === part)
      .map(({ name, type }) => <TypeChip key={name} name={name} type={type} />);
  const show = (id: string): void => void setTab(TABS.find((each) => each === id) ?? "data");
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={card.title}
        lead={card.summary}
        actions={<Badge>{card.synthetic ? "synthetic data" : sourceWords(card.source)}</Badge>}
      >
        <div className="flex flex-wrap items-center gap-2">
          {chips("input")}
          <span aria-label="to" role="img" className="text-quiet">
            →
          </span>
          {chips("target")}
          {card.intermediate.length === 0 ? null : (
            <>
              <span className="ml-2 text-sm text-quiet">between</span>
              {chips("intermediate")}
            </>
          )}
        </div>
      </PageHeader>
      <BudgetSlider problem={card.id} rows={card.rows.train} />
      <Tabs
        label="Views of the problem"
        value={tab}
        onValueChange={show}
        tabs={[
          { id: "data", title: "Data", content: <DataTab problem={problem} /> },
          { id: "pipelines", title: "Pipelines", content: <PipelinesTab problem={problem} /> },
          {
            id: "results",
            title: "Results",
            content: <ResultsTab problem={card.id} onPipelines={() => show("pipelines")} />,
          },
          { id: "about", title: "About", content: <AboutTab problem={problem} /> },
        ]}
      />
    </div>
  );
}

const sourceWords = (source: "gallery" | "imported"): string =>
  source === "gallery" ? "real data" : "imported data";
