"use client";
import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useState } from "react";

/** One column of a table. */
export interface TableColumn<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  /** `number` aligns right. */
  readonly align?: "text" | "number";
  /** What the column sorts by; absent: it doesn't sort. */
  readonly sortBy?: (row: Row) => number | string;
}

interface TableParts<Row> {
  /** Says what the table shows; read before it. */
  readonly caption: string;
  readonly showCaption?: boolean;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly highlight?: (row: Row) => boolean;
}

type Sorting = { readonly key: string; readonly direction: "ascending" | "descending" } | undefined;

/** A plain table; its headings sort where their column says by what. */
export function Table<Row>({ caption, showCaption, columns, rows, keyOf, highlight }: TableParts<Row>) {
  const [sorting, setSorting] = useState<Sorting>(undefined);
  const by = columns.find((column) => column.key === sorting?.key)?.sortBy;
  const shown =
    by === undefined
      ? rows
      : [...rows].sort((a, b) => compare(by(a), by(b)) * (sorting?.direction === "descending" ? -1 : 1));
  const turn = (key: string): void =>
    setSorting((was) =>
      was?.key !== key
        ? { key, direction: "ascending" }
        : was.direction === "ascending"
          ? { key, direction: "descending" }
          : undefined,
    );
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div
      className="relative overflow-x-auto rounded-lg border border-line bg-surface"
      role="region"
      aria-label={caption}
      tabIndex={0}
    >
      <table className="w-full border-collapse text-sm">
        <caption className={showCaption === true ? "p-3 text-left text-quiet" : "sr-only"}>{caption}</caption>
        <thead>
          <tr className="border-b border-line text-left text-quiet">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                aria-sort={sorting?.key === column.key ? sorting.direction : undefined}
                className={clsx(
                  "h-10 px-3 font-medium whitespace-nowrap",
                  column.align === "number" && "text-right",
                )}
              >
                {column.sortBy === undefined ? (
                  column.title
                ) : (
                  <button
                    type="button"
                    className="inline-flex h-6 items-center gap-1 rounded-sm hover:text-ink"
                    onClick={() => turn(column.key)}
                  >
                    {column.title}
                    {sorting?.key !== column.key ? null : sorting.direction === "ascending" ? (
                      <ArrowUp aria-hidden size={14} />
                    ) : (
                      <ArrowDown aria-hidden size={14} />
                    )}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={keyOf(row)}
              className={clsx(
                "border-b border-line last:border-b-0",
                highlight?.(row) === true && "bg-accent-soft",
              )}
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={clsx(
                    "px-3 py-2 align-middle",
                    column.align === "number" && "text-right whitespace-nowrap",
                  )}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const compare = (a: number | string, b: number | string): number =>
  typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
