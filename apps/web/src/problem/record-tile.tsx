"use client";
import { clsx } from "clsx";
import type { RecordView } from "@seams/api";
import { ValueView } from "../values/value-view";
import { valueWords } from "../values/value-words";
import { boxesOf, isDrawn, type NamedField } from "./record-fields";

const MOST_PICTURES = 2;
const MOST_LINES = 6;
const MISSING = { is: "missing" } as const;

/** One record among many: its pictures, then its other values in a line each. */
export function RecordTile({
  record,
  fields,
}: {
  readonly record: RecordView;
  readonly fields: readonly NamedField[];
}) {
  const pictures = fields.filter((field) => isDrawn(field)).slice(0, MOST_PICTURES);
  const lines = fields.filter((field) => !pictures.includes(field) && field.type.is !== "box");
  const boxes = boxesOf(fields, record.values);
  return (
    <span className="flex min-w-0 flex-col gap-2 text-left text-sm">
      <span className="sr-only">
        Record {record.row + 1}, {record.split}.{" "}
      </span>
      {pictures.map((field) => (
        <ValueView
          key={field.name}
          {...field}
          value={record.values[field.name] ?? MISSING}
          size="tile"
          boxes={boxes}
        />
      ))}
      <span className="flex min-w-0 flex-col">
        {lines.slice(0, MOST_LINES).map((field) => (
          <span key={field.name} className="flex min-w-0 items-baseline justify-between gap-2">
            <span className="truncate text-quiet">{field.name}</span>{" "}
            <TileValue field={field} record={record} />
          </span>
        ))}
        {lines.length > MOST_LINES ? (
          <span className="text-quiet">and {lines.length - MOST_LINES} more</span>
        ) : null}
        {boxes.some(({ box }) => box === undefined) ? (
          <span className="text-quiet italic">box not labelled</span>
        ) : null}
      </span>
    </span>
  );
}

function TileValue({ field, record }: { readonly field: NamedField; readonly record: RecordView }) {
  const value = record.values[field.name] ?? MISSING;
  return (
    <span
      className={clsx(
        "min-w-0 truncate",
        value.is === "missing" ? "text-quiet italic" : field.part === "target" ? "font-semibold" : "",
      )}
    >
      {valueWords(field.type, value, field.part)}
    </span>
  );
}
