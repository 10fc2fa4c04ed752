export type { Cell, Comparison, PairedDifference, Summary } from "./comparison";
