import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { BudgetChart, type BudgetSeries, stretchesOf } from "./budget-chart";
import { DifferenceChart } from "./difference-chart";
import { bandPath, linePath } from "./paths";
import { seriesLook } from "./series-look";

const series: BudgetSeries = {
  id: "a",
  title: "A",
  look: seriesLook(0),
  points: [
    { x: 10, mean: 0.5, low: 0.4, high: 0.6, n: 5 },
    { x: 100, mean: 0.8, low: 0.7, high: 0.9, n: 5 },
  ],
  dots: [10, 10, 100].map((x) => ({ x, y: 0.5 })),
};
const draw = (parts: Partial<Parameters<typeof BudgetChart>[0]> = {}): string =>
  renderToStaticMarkup(
    <BudgetChart
      label="Accuracy against rows"
      series={[series]}
      xTitle="rows"
      yTitle="accuracy"
      formatX={String}
      formatY={String}
      {...parts}
    />,
  );
const count = (text: string, part: string): number => text.split(part).length - 1;

describe("BudgetChart", () => {
  it("draws every result, and a band where there are intervals", () => {
    const drawn = draw();
    expect(count(drawn, 'fill-opacity="0.45"')).toBe(3);
    expect(count(drawn, 'fill-opacity="0.16"')).toBe(1);
    expect(drawn).toContain('role="img"');
  });

  it("draws no band where there are too few seeds for one", () => {
    const drawn = draw({
      series: [{ ...series, points: series.points.map(({ x, mean }) => ({ x, mean, n: 2 })) }],
    });
    expect(count(drawn, 'fill-opacity="0.16"')).toBe(0);
    expect(count(drawn, 'fill-opacity="0.45"')).toBe(3);
  });

  it("hatches what lies beyond the measured budgets", () => {
    const fit = { points: [10, 100, 400].map((x) => ({ x, y: 0.9 })), measuredTo: 100 };
    expect(draw()).not.toContain("url(#");
    expect(draw({ series: [{ ...series, fit }] })).toContain("url(#");
  });

  it("marks a crossing, and the level of a reference with its words", () => {
    const drawn = draw({
      crossings: [{ low: 20, high: 50, estimate: 30 }],
      reference: { y: 0.1, title: "chance" },
    });
    expect(count(drawn, 'fill="var(--warning)"')).toBe(1);
    expect(drawn).toContain("chance");
  });

  it("draws an empty chart without numbers that aren't", () => {
    expect(draw({ series: [] })).not.toContain("NaN");
  });
});

describe("DifferenceChart", () => {
  const point = { x: 32, mean: 0.1, low: 0.05, high: 0.15, adjustedLow: 0.02, adjustedHigh: 0.18, n: 5 };
  const diff = (decided: boolean): string =>
    renderToStaticMarkup(
      <DifferenceChart
        label="A minus B"
        points={[{ ...point, decided }]}
        look={seriesLook(0)}
        margin={0.01}
        xTitle="rows"
        yTitle="points"
        formatX={String}
        formatY={String}
        above="above 0: A is better"
        below="below 0: B is better"
      />,
    );

  it("fills a difference that decides, and leaves an open one hollow", () => {
    expect(diff(true)).not.toContain('fill="var(--surface)"');
    expect(diff(false)).toContain('fill="var(--surface)"');
  });
});

describe("bands", () => {
  it("never span a point without an interval", () => {
    const points = [1, 2, 3, 4].map((x) => ({
      x,
      mean: 0,
      n: 3,
      ...(x === 3 ? {} : { low: -1, high: 1 }),
    }));
    expect(stretchesOf(points).map((stretch) => stretch.map(({ x }) => x))).toEqual([[1, 2], [4]]);
  });

  it("go along the upper line and back along the lower one", () => {
    expect(linePath([])).toBe("");
    expect(
      bandPath(
        [
          [0, 1],
          [2, 1],
        ],
        [
          [0, 3],
          [2, 3],
        ],
      ),
    ).toBe("M0.0 1.0L2.0 1.0L2.0 3.0L0.0 3.0Z");
  });
});

describe("seriesLook", () => {
  it("tells twelve series apart without their colours", () => {
    const looks = Array.from({ length: 12 }, (_, index) => seriesLook(index));
    expect(new Set(looks.map(({ mark, dash }) => `${mark} ${dash ?? ""}`)).size).toBe(12);
  });
});
