"use client";
import type { LabCell, LabPanel, LabResult } from "@seams/core/labs";
import clsx from "clsx";
import { dotPlace, VERDICTS, writeCell, writeCellEnds } from "./cell-look";

interface LabPanelParts {
  readonly panel: LabPanel;
  readonly lab: LabResult;
}

/** One of a lab's small tables: gains by two axes, each cell with interval, n and its seeds' dots. */
export function LabPanelTable({ panel, lab }: LabPanelParts) {
  const { title, rowTitle, columnTitle, columns, rows } = panel;
  return (
    // Regions that scroll must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section
      aria-label={title}
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface p-4"
    >
      <table className="w-full border-separate border-spacing-1 text-sm">
        <caption className="pb-2 text-left font-semibold">
          {title}
          <span className="block font-normal text-quiet">
            {rowTitle} down, {lowerFirst(columnTitle)} across{lab.isShare ? "; gains in points" : ""}
          </span>
        </caption>
        <thead>
          <tr className="text-left text-quiet">
            <th scope="col" className="font-medium">
              {rowTitle}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="font-medium whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, cells }) => (
            <tr key={label}>
              <th scope="row" className="max-w-48 text-left align-top font-normal">
                {label}
              </th>
              {cells.map((cell, index) => (
                <td key={columns[index]} className="h-px align-top">
                  {cell === undefined ? (
                    <span className="block rounded-sm border border-dashed border-line p-2 text-quiet">
                      not yet
                    </span>
                  ) : (
                    <Cell cell={cell} lab={lab} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const lowerFirst = (title: string): string => title.slice(0, 1).toLowerCase() + title.slice(1);

function Cell({ cell, lab }: { readonly cell: LabCell; readonly lab: LabResult }) {
  const { mean, n, verdict, words, gains } = cell;
  const { word, mark, look } = VERDICTS[verdict];
  return (
    <details className={clsx("h-full min-w-28 rounded-sm border border-line/60", look)}>
      <summary className="flex min-h-11 cursor-pointer list-none flex-col p-2">
        <span className="font-semibold tabular-nums">
          {writeCell(mean, lab.isShare)} <span aria-hidden>{mark}</span>
          <span className="sr-only">, {word}</span>
        </span>
        <span className="tabular-nums text-ink">{writeCellEnds(cell, lab.isShare)}</span>
        <Dots cell={cell} lab={lab} />
      </summary>
      <div className="flex max-w-64 flex-col gap-1 p-2 text-ink">
        <p>{words}</p>
        <p className="tabular-nums">
          n = {n}: {gains.map(({ seed, gain }) => `seed ${seed} ${writeCell(gain, lab.isShare)}`).join(", ")}
        </p>
      </div>
    </details>
  );
}

/** Every seed stays visible; the line is no gain at all. */
function Dots({ cell, lab }: { readonly cell: LabCell; readonly lab: LabResult }) {
  const place = (gain: number): string => `${4 + 92 * dotPlace(gain, lab.cells)}%`;
  return (
    <svg aria-hidden className="mt-1 h-3 w-full overflow-visible">
      <line x1={place(0)} x2={place(0)} y1="0" y2="100%" className="stroke-edge" />
      {cell.gains.map(({ seed, gain }) => (
        <circle key={seed} cx={place(gain)} cy="50%" r="2.5" className="fill-current opacity-70" />
      ))}
    </svg>
  );
}
