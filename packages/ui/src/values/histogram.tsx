"use client";
import clsx from "clsx";

/** One value and how many records have it. */
export interface HistogramBar {
  readonly value: string;
  readonly count: number;
}

interface HistogramParts {
  /** What is counted, for example "Training records by digits". */
  readonly label: string;
  readonly bars: readonly HistogramBar[];
  /** Only records with this value are shown now. */
  readonly chosen?: string | undefined;
  /** Choosing the chosen value again gives undefined. */
  readonly onChoose: (value: string | undefined) => void;
}

/** Counts by value, each a button that shows the records behind it. */
export function Histogram({ label, bars, chosen, onChoose }: HistogramParts) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <ul aria-label={label} className="flex max-h-[30rem] flex-col overflow-y-auto rounded-sm p-0.5">
      {bars.map(({ value, count }) => {
        const isChosen = value === chosen;
        return (
          <li key={value}>
            <button
              type="button"
              aria-pressed={isChosen}
              onClick={() => onChoose(isChosen ? undefined : value)}
              className={clsx(
                "grid h-6 w-full grid-cols-[minmax(2rem,auto)_1fr_3.5rem] items-center gap-2 rounded-sm px-1 text-sm hover:bg-sunken",
                isChosen && "bg-accent-soft font-medium text-accent",
              )}
            >
              <span className="max-w-28 truncate text-left">{value}</span>{" "}
              <span className="h-2.5 overflow-hidden rounded-xs">
                <span
                  className={clsx("block h-full", isChosen ? "bg-accent" : "bg-type-label/60")}
                  style={{ width: `${(100 * count) / most}%` }}
                />
              </span>
              <span className={clsx("text-right", isChosen ? "" : "text-quiet")}>
                {count.toLocaleString("en")}
                <span className="sr-only"> records</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
