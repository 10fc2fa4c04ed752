"use client";
import type { RecordView } from "@seams/api";
import { Table } from "@seams/ui";
import { ValueView } from "../values/value-view";
import { type Draft, partOf, typeOf } from "./draft";

/** The first records, as they were read. */
export function PreviewTable({
  records,
  draft,
}: {
  readonly records: readonly RecordView[];
  readonly draft: Draft;
}) {
  const fields = Object.keys(records[0]?.values ?? {});
  return (
    <Table
      caption="The first records"
      rows={records}
      keyOf={({ row }) => String(row)}
      columns={[
        { key: "row", title: "Record", align: "number", cell: ({ row }) => row + 1 },
        { key: "split", title: "Part", cell: ({ split }) => split },
        ...fields.map((name) => {
          const type = typeOf(draft, name);
          const part = partOf(draft, name);
          return {
            key: name,
            title: name,
            cell: ({ values }: RecordView) => {
              const value = values[name];
              if (value === undefined || type === undefined) return null;
              return (
                <div className="min-w-20 max-w-56">
                  <ValueView
                    name={name}
                    type={type}
                    value={value}
                    part={part === "left out" ? "input" : part}
                    size="tile"
                  />
                </div>
              );
            },
          };
        }),
      ]}
    />
  );
}
