/** How one series looks: never by its colour alone. */
export interface SeriesLook {
  /** A CSS colour. */
  readonly colour: string;
  readonly mark: Mark;
  /** SVG dash pattern; absent: solid. */
  readonly dash?: string;
}

type Mark = keyof typeof MARKS;

/** Outlines around 0, about 9 px wide. */
const MARKS = {
  circle: "M-4.2 0a4.2 4.2 0 1 0 8.4 0a4.2 4.2 0 1 0 -8.4 0Z",
  square: "M-3.8-3.8H3.8V3.8H-3.8Z",
  triangle: "M0-4.8 4.8 3.8H-4.8Z",
  diamond: "M0-5.2 5.2 0 0 5.2-5.2 0Z",
  wedge: "M0 4.8 4.8-3.8H-4.8Z",
  cross: "M-1.5-4.6h3v3.1h3.1v3h-3.1v3.1h-3v-3.1h-3.1v-3h3.1Z",
} as const;

/** Tokens whose contrast with every ground theme.test.ts checks. */
const COLOURS = [
  "var(--accent)",
  "var(--type-label)",
  "var(--type-vector)",
  "var(--type-signal)",
  "var(--type-image)",
  "var(--type-box)",
] as const;
const SHAPES = ["circle", "square", "triangle", "diamond", "wedge", "cross"] as const;

/** The look of the n-th series; from the seventh on, lines are dashed. */
export function seriesLook(index: number): SeriesLook {
  const place = index % COLOURS.length;
  return {
    colour: COLOURS[place] ?? "var(--ink)",
    mark: SHAPES[place] ?? "circle",
    ...(index < COLOURS.length ? {} : { dash: "6 4" }),
  };
}

/** One mark inside an SVG. Hollow ones are open to the ground. */
export function SeriesMark({
  look,
  x,
  y,
  size = 1,
  fill = "full",
}: {
  readonly look: SeriesLook;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly fill?: "full" | "hollow" | "faint";
}) {
  return (
    <path
      d={MARKS[look.mark]}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})${size === 1 ? "" : ` scale(${size})`}`}
      fill={fill === "hollow" ? "var(--surface)" : look.colour}
      fillOpacity={fill === "faint" ? 0.45 : 1}
      stroke={fill === "hollow" ? look.colour : "none"}
      strokeWidth={1.6}
    />
  );
}

/** A series in a legend: its line, its mark, its name. */
export function SeriesKey({ look, title }: { readonly look: SeriesLook; readonly title: string }) {
  return (
    <span className="inline-flex items-center gap-2 text-sm">
      <svg aria-hidden width="28" height="12" viewBox="0 0 28 12" className="shrink-0">
        <line x1="0" x2="28" y1="6" y2="6" stroke={look.colour} strokeWidth="2" strokeDasharray={look.dash} />
        <SeriesMark look={look} x={14} y={6} />
      </svg>
      {title}
    </span>
  );
}
