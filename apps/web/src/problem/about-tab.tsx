"use client";
import { Fact, Facts, Section, Table, TypeChip } from "@seams/ui";
import type { Outputs } from "../trpc";
import { namedFields } from "./record-fields";

/** Where the data comes from, what its fields are, how it is split and scored. */
export function AboutTab({ problem }: { readonly problem: Outputs["problems"]["get"] }) {
  const { card, provenance, schema } = problem;
  const { rows } = card;
  return (
    <div className="flex flex-col gap-8 pt-6">
      <p className="max-w-prose">{card.summary}</p>
      <Section title="Where the data comes from">
        <Facts>
          <Fact name="Data">
            {provenance.generated ? "Synthetic: made by a program." : "Real: not made by a program of ours."}
          </Fact>
          <Fact name="Source">{provenance.source}</Fact>
          <Fact name="Licence">{provenance.licence}</Fact>
          <Fact name="Version">{provenance.version}</Fact>
          <Fact name="Content hash">
            <code className="font-mono break-all">{provenance.hash}</code>
          </Fact>
          <Fact name="To know">{provenance.text}</Fact>
        </Facts>
      </Section>
      <Section title="Fields">
        <Table
          caption="Fields of this problem"
          rows={namedFields(schema)}
          keyOf={({ name }) => name}
          columns={[
            {
              key: "field",
              title: "Field",
              cell: ({ name, type }) => <TypeChip name={name} type={type} />,
            },
            {
              key: "part",
              title: "Part",
              cell: ({ part }) => (part === "intermediate" ? "between input and target" : part),
            },
            {
              key: "price",
              title: "Price of a label",
              align: "number",
              cell: ({ part, price }) => (part === "input" ? "–" : price.toLocaleString("en")),
            },
            {
              key: "train",
              title: "Missing in training",
              align: "number",
              cell: ({ name }) => missing(problem.fields[name]?.missing.train, rows.train),
            },
            {
              key: "test",
              title: "Missing in test",
              align: "number",
              cell: ({ name }) => missing(problem.fields[name]?.missing.test, rows.test),
            },
          ]}
        />
      </Section>
      <Section title="Split and score">
        <Facts>
          <Fact name="Training">{records(rows.train)}</Fact>
          <Fact name="Validation">
            {rows.validation === 0
              ? "None: early stopping holds back a part of each budget."
              : records(rows.validation)}
          </Fact>
          <Fact name="Test">{records(rows.test)}</Fact>
          <Fact name="Split">{splitWords(schema.split)}</Fact>
          <Fact name="Metric">
            {schema.metrics.map(({ target, metric }) => `${metric} of ${target}`).join(", ")}
          </Fact>
        </Facts>
      </Section>
    </div>
  );
}

const records = (count: number): string => `${count.toLocaleString("en")} records`;

function missing(count: number | undefined, rows: number): string {
  if (count === undefined) return "unknown";
  if (count === 0) return "none";
  return `${count.toLocaleString("en")} (${((100 * count) / Math.max(1, rows)).toFixed(1)} %)`;
}

function splitWords(split: Outputs["problems"]["get"]["schema"]["split"]): string {
  const grouped =
    split.group === undefined ? "" : ` Records with the same ${split.group} stay on one side of it.`;
  if ("column" in split) return `The column ${split.column} says it for each record.${grouped}`;
  const [train, validation, test] = split.fractions.map((part) => `${Math.round(part * 100)} %`);
  return `Drawn from a seed: ${train} training, ${validation} validation, ${test} test.${grouped}`;
}
