import clsx from "clsx";
import { barsOf, reachOf, thinned } from "./scale";

const MOST_BARS = 128;

interface NumberBarsParts {
  readonly label: string;
  readonly values: readonly number[];
  /** What a full bar means; default: the largest of the values. */
  readonly reach?: number;
  readonly className?: string;
}

/** A vector as small bars. Negative numbers hang below the zero line, in another colour. */
export function NumberBars({ label, values, reach, className }: NumberBarsParts) {
  const shown = thinned(values, MOST_BARS);
  const bars = barsOf(shown, reach ?? reachOf(shown));
  const zero = shown.some((value) => value < 0) ? 0.5 : 1;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, bars.length)} 1`}
      preserveAspectRatio="none"
      className={clsx("block w-full", className)}
    >
      {(["plus", "minus"] as const).map((sign) => (
        <path
          key={sign}
          fill={sign === "plus" ? "var(--type-vector)" : "var(--type-signal)"}
          d={bars
            .map((bar, x) =>
              bar.sign === sign ? `M${x + 0.1} ${round(bar.y)}h.8v${round(bar.height)}h-.8z` : "",
            )
            .join("")}
        />
      ))}
      <path d={`M0 ${zero}H${bars.length}`} stroke="var(--edge)" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

const round = (value: number): number => Number(value.toFixed(4));
