/** Charts: apart from the rest, so that only pages that draw some fetch them. */
export {
  BudgetChart,
  type BudgetSeries,
  type CrossingMark,
  type FittedCurve,
  type MeanPoint,
} from "./chart/budget-chart";
export { ChartFigure } from "./chart/chart-figure";
export { CurveChart, type Curve } from "./chart/curve-chart";
export { DifferenceChart, type DifferencePoint } from "./chart/difference-chart";
export { SeriesKey, seriesLook, type SeriesLook } from "./chart/series-look";
export { smooth } from "./chart/smooth";
