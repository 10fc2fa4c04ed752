import clsx from "clsx";
import { envelope, peakOf } from "./wave";

const COLUMNS = 160;
const HEIGHT = 48;

/** A recording as a picture, scaled to its own peak; says nothing about loudness. */
export function Waveform({
  label,
  samples,
  className,
}: {
  readonly label: string;
  readonly samples: readonly number[];
  readonly className?: string;
}) {
  const columns = envelope(samples, COLUMNS);
  const scale = HEIGHT / 2 / (peakOf(samples) || 1);
  const path = columns
    .map(({ low, high }, x) => `M${x + 0.5} ${y(high, scale) - 0.3}V${y(low, scale) + 0.3}`)
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${Math.max(1, columns.length)} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={clsx("block w-full text-type-signal", className)}
    >
      <path d={`M0 ${HEIGHT / 2}H${columns.length}`} stroke="var(--line)" vectorEffect="non-scaling-stroke" />
      <path d={path} stroke="currentColor" />
    </svg>
  );
}

const y = (sample: number, scale: number): number => Number((HEIGHT / 2 - sample * scale).toFixed(2));
