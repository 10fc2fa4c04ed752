"use client";
import { ChartSpline, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "../components/icon-button";

interface ChartFigureParts {
  readonly title: string;
  /** What the chart shows, in a sentence; also what a screen reader says of the picture. */
  readonly words?: ReactNode;
  readonly legend?: ReactNode;
  readonly controls?: ReactNode;
  /** The same numbers as a table. */
  readonly table: () => ReactNode;
  readonly children: ReactNode;
}

/** A chart with its title, its legend, and a switch to the same numbers as a table. */
export function ChartFigure({ title, words, legend, controls, table, children }: ChartFigureParts) {
  const [shown, setShown] = useState<"chart" | "table">("chart");
  const asTable = shown === "table";
  return (
    <figure className="m-0 flex min-w-0 flex-col gap-3">
      <figcaption className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1">
          <h3 className="text-base font-semibold">{title}</h3>
          {words === undefined ? null : <p className="max-w-prose text-sm text-quiet">{words}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {controls}
          <IconButton
            label={asTable ? `${title}: show the chart` : `${title}: show the numbers as a table`}
            icon={asTable ? <ChartSpline aria-hidden size={16} /> : <Table2 aria-hidden size={16} />}
            onClick={() => setShown(asTable ? "chart" : "table")}
          />
        </div>
      </figcaption>
      {asTable ? (
        table()
      ) : (
        <>
          {legend === undefined ? null : <div className="flex flex-wrap gap-x-4 gap-y-1">{legend}</div>}
          {children}
        </>
      )}
    </figure>
  );
}
