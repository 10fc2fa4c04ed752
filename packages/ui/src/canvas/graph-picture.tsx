import clsx from "clsx";
import { typeLook } from "../components/type-shape";
import { portTop, STAGE, stageSize } from "./geometry";
import type { GraphView, LinkView, StageView } from "./graph-view";
import type { Layout } from "./words";

const MARGIN = 24;
const TITLE_PX = 24;

/**
 * A pipeline as a picture without a canvas's machinery: draws on a server too, and costs nothing while nobody looks.
 * Stages are boxes with their titles, links have their type's colour and are stitched at seams.
 */
export function GraphPicture({
  label,
  view,
  layout,
  className,
}: {
  readonly label: string;
  readonly view: GraphView;
  readonly layout: Layout;
  readonly className?: string;
}) {
  const frame = frameOf(view, layout);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
      preserveAspectRatio="xMidYMid meet"
      className={clsx("block w-full", className)}
    >
      {view.links.map((link) => (
        <path
          key={link.id}
          d={pathOf(link, view, layout)}
          fill="none"
          stroke={typeLook(link.type).colour}
          strokeWidth={5}
          strokeLinecap="round"
          {...(isSeam(link) ? { strokeDasharray: "14 12" } : {})}
        />
      ))}
      {view.stages.map((stage) => {
        const [x, y] = layout[stage.id] ?? [0, 0];
        const { width, height } = stageSize(stage);
        const isLearned = stage.role === "learned";
        return (
          <g key={stage.id}>
            <rect
              x={x}
              y={y}
              width={width}
              height={height}
              rx={10}
              fill={isLearned ? "var(--accent-soft)" : "var(--raised)"}
              stroke={isLearned ? "var(--accent)" : "var(--edge)"}
              strokeWidth={isLearned ? 4 : 2.5}
            />
            <text
              x={x + width / 2}
              y={y + height / 2}
              textAnchor="middle"
              dominantBaseline="central"
              fontSize={TITLE_PX}
              fontWeight={600}
              fill="var(--ink)"
            >
              {shortTitle(stage.title)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

const isSeam = ({ passing }: LinkView): boolean =>
  passing === "label" || passing === "predicted" || passing === "cross-fitted";

/** Letters that fit a stage's width at this size. */
const MOST_LETTERS = 15;
const shortTitle = (title: string): string =>
  title.length <= MOST_LETTERS ? title : `${title.slice(0, MOST_LETTERS - 1)}…`;

function frameOf({ stages }: GraphView, layout: Layout) {
  const boxes = stages.map((stage) => {
    const [x, y] = layout[stage.id] ?? [0, 0];
    const { width, height } = stageSize(stage);
    return { left: x, top: y, right: x + width, bottom: y + height };
  });
  const left = Math.min(0, ...boxes.map((box) => box.left)) - MARGIN;
  const top = Math.min(0, ...boxes.map((box) => box.top)) - MARGIN;
  const right = Math.max(STAGE.width, ...boxes.map((box) => box.right)) + MARGIN;
  const bottom = Math.max(STAGE.header, ...boxes.map((box) => box.bottom)) + MARGIN;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function pathOf({ from, to }: LinkView, { stages }: GraphView, layout: Layout): string {
  const [x1, y1] = portPlace(stages, layout, { ...from, side: "outputs" });
  const [x2, y2] = portPlace(stages, layout, { ...to, side: "inputs" });
  const bend = Math.max(32, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

interface PortAt {
  readonly stage: string;
  readonly port: string;
  readonly side: "inputs" | "outputs";
}

function portPlace(
  stages: readonly StageView[],
  layout: Layout,
  { stage, port, side }: PortAt,
): readonly [number, number] {
  const [x, y] = layout[stage] ?? [0, 0];
  const ports = stages.find(({ id }) => id === stage)?.[side] ?? [];
  const index = Math.max(
    0,
    ports.findIndex(({ name }) => name === port),
  );
  return [side === "outputs" ? x + STAGE.width : x, y + portTop(index) + STAGE.hit / 2];
}
