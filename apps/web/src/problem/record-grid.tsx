"use client";
import type { RecordView } from "@seams/api";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { columnsFor, nextCell, rowsOf } from "./grid-keys";
import type { NamedField } from "./record-fields";
import { RecordTile } from "./record-tile";

const LEAST_TILE_PX = 152;
const GAP_PX = 8;

interface RecordGridParts {
  readonly records: readonly RecordView[];
  readonly fields: readonly NamedField[];
  readonly onOpen: (index: number) => void;
}

/** A page of records. One tab stop; arrows, Home and End move, Enter opens. */
export function RecordGrid({ records, fields, onOpen }: RecordGridParts) {
  const grid = useRef<HTMLDivElement>(null);
  const columns = useColumns(grid);
  const [current, setCurrent] = useState(0);
  const active = Math.min(current, records.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = nextCell(active, event.key, { count: records.length, columns });
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setCurrent(next);
    grid.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
  };
  return (
    <div
      ref={grid}
      role="grid"
      aria-label="Records"
      aria-rowcount={Math.ceil(records.length / columns)}
      aria-colcount={columns}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="grid outline-none"
      style={{ gap: GAP_PX, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {rowsOf(records, columns).map((row, rowIndex) => (
        <div key={row[0]?.row ?? rowIndex} role="row" tabIndex={-1} className="contents">
          {row.map((record, column) => {
            const index = rowIndex * columns + column;
            return (
              <div key={record.row} role="gridcell" tabIndex={-1} className="min-w-0">
                <button
                  type="button"
                  data-index={index}
                  tabIndex={index === active ? 0 : -1}
                  onFocus={() => setCurrent(index)}
                  onClick={() => onOpen(index)}
                  className="block size-full rounded-md border border-line bg-raised p-2 align-top hover:border-edge"
                >
                  <RecordTile record={record} fields={fields} />
                </button>
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function useColumns(grid: { readonly current: HTMLDivElement | null }): number {
  const [columns, setColumns] = useState(4);
  useEffect(() => {
    const element = grid.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setColumns(columnsFor(entry.contentRect.width, LEAST_TILE_PX, GAP_PX));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [grid]);
  return columns;
}
