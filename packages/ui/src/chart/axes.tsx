import type { ReactNode } from "react";
import { type Scale, spaced } from "./scale";

/** Room around the plot, in px. */
export const MARGIN = { top: 12, right: 16, bottom: 44, left: 72 } as const;

interface AxesParts {
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly children: ReactNode;
}

const LABEL_APART_PX = 44;

/** Grid, ticks and titles of a chart; what is drawn on them are its children. Decorative: the figure has the words. */
export function Axes({ width, height, x, y, xTitle, yTitle, formatX, formatY, children }: AxesParts) {
  const right = width - MARGIN.right;
  const bottom = height - MARGIN.bottom;
  return (
    <>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line
            x1={MARGIN.left}
            x2={right}
            y1={y.at(tick)}
            y2={y.at(tick)}
            stroke="var(--line)"
            strokeWidth={1}
          />
          <text
            x={MARGIN.left - 8}
            y={y.at(tick)}
            dy="0.35em"
            textAnchor="end"
            className="fill-quiet text-sm"
          >
            {formatY(tick)}
          </text>
        </g>
      ))}
      {spaced(x, LABEL_APART_PX).map((tick) => (
        <g key={tick}>
          <line
            x1={x.at(tick)}
            x2={x.at(tick)}
            y1={bottom}
            y2={bottom + 5}
            stroke="var(--edge)"
            strokeWidth={1}
          />
          <text x={x.at(tick)} y={bottom + 19} textAnchor="middle" className="fill-quiet text-sm">
            {formatX(tick)}
          </text>
        </g>
      ))}
      <line x1={MARGIN.left} x2={right} y1={bottom} y2={bottom} stroke="var(--edge)" strokeWidth={1} />
      {children}
      <text
        x={(MARGIN.left + right) / 2}
        y={height - 6}
        textAnchor="middle"
        className="fill-quiet text-sm font-medium"
      >
        {xTitle}
      </text>
      <text
        transform={`translate(14 ${(MARGIN.top + bottom) / 2}) rotate(-90)`}
        textAnchor="middle"
        className="fill-quiet text-sm font-medium"
      >
        {yTitle}
      </text>
    </>
  );
}
