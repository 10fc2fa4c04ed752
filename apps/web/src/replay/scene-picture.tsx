"use client";
import type { ReplayView } from "@seams/api";
import type { SceneRole, SceneShape } from "@seams/core";

/** Half of the world that is seen, in its unit of length. */
const SIGHT = 26;

const LOOKS: Readonly<Record<SceneRole, { readonly area: string; readonly line: string }>> = {
  ground: { area: "fill-raised", line: "stroke-line" },
  border: { area: "fill-none", line: "stroke-edge" },
  self: { area: "fill-accent", line: "stroke-accent" },
  thing: { area: "fill-danger", line: "stroke-danger" },
  "moving-thing": { area: "fill-warning", line: "stroke-warning" },
  believed: { area: "fill-none", line: "stroke-type-label" },
  plan: { area: "fill-none", line: "stroke-type-vector" },
};

/** One moment from above: what is there, and dashed what the pipeline believes. */
export function ScenePicture({
  label,
  replay,
  moment,
}: {
  readonly label: string;
  readonly replay: ReplayView;
  readonly moment: number;
}) {
  const shown = replay.moments[Math.min(moment, replay.moments.length - 1)];
  if (shown === undefined) return null;
  const { centre, shapes, words } = shown.scene;
  return (
    <svg
      role="img"
      aria-label={`${label}: ${words}`}
      viewBox={`${-SIGHT} ${-SIGHT} ${2 * SIGHT} ${2 * SIGHT}`}
      className="h-96 w-full rounded-md border border-line bg-sunken"
    >
      {/* The world's y points up; what it is about stands still and looks up. */}
      <g
        transform={`scale(1 -1) translate(0 ${-SIGHT / 2}) rotate(${90 - (centre.heading * 180) / Math.PI}) translate(${-centre.x} ${-centre.y})`}
      >
        {[...replay.ground, ...shapes].map((shape, index) => (
          // A shape's identity is its place in the list.
          <Shape key={index} shape={shape} />
        ))}
        {shown.drawn.map((shape, index) => (
          // The same as above.
          <Shape key={index} shape={shape} dashed />
        ))}
      </g>
    </svg>
  );
}

function Shape({ shape, dashed }: { readonly shape: SceneShape; readonly dashed?: boolean }) {
  const { area, line } = LOOKS[shape.role];
  const dash = dashed === true ? { strokeDasharray: "0.7 0.5" } : {};
  switch (shape.is) {
    case "disc":
      return (
        <circle
          cx={shape.at[0]}
          cy={shape.at[1]}
          r={shape.radius}
          className={`${area} ${line}`}
          strokeWidth={dashed === true ? 0.3 : 0}
          {...dash}
        />
      );
    case "area":
      return <polygon points={written(shape.points)} className={area} />;
    case "line":
      return (
        <polyline
          points={written(shape.points)}
          className={`fill-none ${line}`}
          strokeWidth={0.3}
          strokeLinecap="round"
          {...dash}
        />
      );
  }
}

const written = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y]) => `${x},${y}`).join(" ");
