"use client";
import { metricsFor } from "@seams/core";
import type { RecordView } from "@seams/api";
import { Select, TextInput, TypeShape } from "@seams/ui";
import { valueWords } from "../values/value-words";
import {
  type Draft,
  type DraftPart,
  metricOf,
  partOf,
  typeOf,
  withMetric,
  withPart,
  withPrice,
  withType,
} from "./draft";
import { TypeEditor } from "./type-editor";

const PARTS: readonly { readonly value: DraftPart; readonly label: string; readonly help: string }[] = [
  { value: "input", label: "Input", help: "Known when something is to be predicted." },
  { value: "target", label: "Target", help: "What is to be predicted." },
  { value: "intermediate", label: "Between", help: "A label of a useful step on the way: a possible seam." },
  { value: "left out", label: "Left out", help: "Not part of the problem." },
];

interface FieldListParts {
  readonly draft: Draft;
  /** As it was guessed: has all columns, in their order. */
  readonly first: Draft;
  readonly records: readonly RecordView[];
  readonly onChange: (draft: Draft) => void;
}

/** All fields with their part, type, price and metric, to correct. */
export function FieldList({ draft, first, records, onChange }: FieldListParts) {
  return (
    <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
      {Object.keys({ ...first.fields, ...draft.fields }).map((name) => (
        <li key={name} className="grid gap-x-4 gap-y-2 p-3 md:grid-cols-[10rem_9rem_minmax(0,1fr)_7rem_9rem]">
          <FieldRow name={name} draft={draft} first={first} records={records} onChange={onChange} />
        </li>
      ))}
    </ul>
  );
}

function FieldRow({ name, draft, first, records, onChange }: FieldListParts & { readonly name: string }) {
  const part = partOf(draft, name);
  const type = typeOf(draft, name);
  const price = draft.fields[name]?.["price"];
  return (
    <>
      <span className="flex min-h-8 min-w-0 items-center gap-2">
        <TypeShape type={type} />
        <span className="truncate font-medium">{name}</span>
      </span>
      <Select
        label={`Part of ${name}`}
        value={part}
        onValueChange={(value) => {
          const next = PARTS.find((each) => each.value === value)?.value;
          if (next !== undefined) onChange(withPart(draft, name, next, first));
        }}
        choices={PARTS}
      />
      {type === undefined ? (
        <span className="flex min-h-8 items-center text-sm text-quiet">
          {part === "left out" ? "" : "Not a type: correct it in problem.json below."}
        </span>
      ) : (
        <TypeEditor
          field={name}
          type={type}
          seen={seenValues(records, name, draft)}
          onChange={(next) => onChange(withType(draft, name, next))}
        />
      )}
      {part === "target" || part === "intermediate" ? (
        <TextInput
          type="number"
          min={0}
          step="any"
          aria-label={`Price of a label of ${name}`}
          title="Price of one label"
          value={typeof price === "number" ? String(price) : "0"}
          onChange={(event) => onChange(withPrice(draft, name, Number(event.target.value)))}
        />
      ) : (
        <span className="hidden md:block" />
      )}
      {part === "target" && type !== undefined ? (
        <Select
          label={`Metric of ${name}`}
          value={metricOf(draft, name)}
          onValueChange={(metric) => onChange(withMetric(draft, name, metric))}
          choices={metricsFor(type).map((metric) => ({ value: metric, label: metric }))}
        />
      ) : null}
    </>
  );
}

/** What the previewed records have in a field, in words; missing values say nothing. */
function seenValues(records: readonly RecordView[], name: string, draft: Draft): readonly string[] {
  const type = typeOf(draft, name);
  if (type === undefined) return [];
  return records.flatMap(({ values }) => {
    const value = values[name];
    if (value === undefined || value.is === "missing") return [];
    return [value.is === "number" ? String(value.value) : valueWords(type, value, "input")];
  });
}
