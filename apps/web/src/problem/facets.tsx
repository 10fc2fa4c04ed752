"use client";
import { Histogram, Select } from "@seams/ui";
import type { Outputs } from "../trpc";
import { type ExplorerState, filteredBy, SPLITS } from "./explorer-url";
import type { NamedField } from "./record-fields";

const ANY = "any";
const SPLIT_WORDS = { train: "Training", validation: "Validation", test: "Test" } as const;

interface FacetsParts {
  readonly problem: Outputs["problems"]["get"];
  readonly fields: readonly NamedField[];
  readonly state: ExplorerState;
  readonly onChange: (change: Partial<ExplorerState>) => void;
}

/** What narrows the records down: part of the split, missing labels, label values. */
export function Facets({ problem, fields, state, onChange }: FacetsParts) {
  const { rows } = problem.card;
  const histograms = fields.flatMap(({ name }) => {
    const bars = problem.fields[name]?.histogram;
    return bars === undefined ? [] : [{ name, bars }];
  });
  return (
    <div className="flex flex-col gap-5">
      <Facet title="Part">
        <Select
          label="Part of the split"
          value={state.split ?? ANY}
          onValueChange={(value) =>
            onChange(filteredBy({ split: SPLITS.find((split) => split === value) ?? null }))
          }
          choices={[
            { value: ANY, label: `All parts (${count(rows.train + rows.validation + rows.test)})` },
            ...SPLITS.map((split) => ({
              value: split,
              label: `${SPLIT_WORDS[split]} (${count(rows[split])})`,
              disabled: rows[split] === 0,
            })),
          ]}
        />
      </Facet>
      <Facet title="Missing">
        <Select
          label="Records that lack a field"
          value={state.missing ?? ANY}
          onValueChange={(value) => onChange(filteredBy({ missing: value === ANY ? null : value }))}
          choices={[
            { value: ANY, label: "With or without labels" },
            ...fields.map(({ name }) => {
              const missing = problem.fields[name]?.missing;
              const total = (missing?.train ?? 0) + (missing?.test ?? 0);
              return {
                value: name,
                label: `Without ${name}`,
                help:
                  total === 0
                    ? "Training and test have it everywhere."
                    : `${count(missing?.train ?? 0)} in training, ${count(missing?.test ?? 0)} in test`,
              };
            }),
          ]}
        />
      </Facet>
      {histograms.map(({ name, bars }) => (
        <Facet key={name} title={name} help="Training records by value">
          <Histogram
            label={`Training records by ${name}`}
            bars={bars}
            chosen={state.field === name ? (state.value ?? undefined) : undefined}
            onChoose={(value) =>
              onChange(
                filteredBy(value === undefined ? { field: null, value: null } : { field: name, value }),
              )
            }
          />
        </Facet>
      ))}
    </div>
  );
}

function Facet({
  title,
  help,
  children,
}: {
  readonly title: string;
  readonly help?: string;
  readonly children: React.ReactNode;
}) {
  return (
    <section className="flex flex-col gap-1" aria-label={title}>
      <h2 className="flex items-baseline justify-between gap-2 text-sm font-semibold">
        {title}
        {help === undefined ? null : <span className="font-normal text-quiet">{help}</span>}
      </h2>
      {children}
    </section>
  );
}

const count = (value: number): string => value.toLocaleString("en");
