import clsx from "clsx";
import { reachOf, thinned } from "./scale";

const MOST_COLUMNS = 64;
const MOST_ROWS = 64;

/** Vectors below each other, a cell a number: the stronger the colour, the further from 0. */
export function HeatStrip({
  label,
  rows,
  className,
}: {
  readonly label: string;
  readonly rows: readonly (readonly number[])[];
  readonly className?: string;
}) {
  const shown = rows.slice(0, MOST_ROWS).map((row) => thinned(row, MOST_COLUMNS));
  const reach = reachOf(shown.flat());
  const width = Math.max(1, ...shown.map((row) => row.length));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${Math.max(1, shown.length)}`}
      preserveAspectRatio="none"
      className={clsx("block w-full", className)}
    >
      {shown.flatMap((row, y) =>
        row.map((value, x) => (
          <rect
            // A cell is its place: rows and columns never change their order.
            key={`${y}-${x}`}
            x={x + 0.04}
            y={y + 0.04}
            width={0.92}
            height={0.92}
            fill={value < 0 ? "var(--type-signal)" : "var(--type-vector)"}
            fillOpacity={Number(Math.min(1, 0.06 + (0.94 * Math.abs(value)) / reach).toFixed(3))}
          />
        )),
      )}
    </svg>
  );
}
