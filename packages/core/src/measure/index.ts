export type { Cell, Comparison, PairedDifference, Summary } from "./comparison";
export { metrics } from "./metrics/index";
export type { Metric } from "./metrics/metric";
