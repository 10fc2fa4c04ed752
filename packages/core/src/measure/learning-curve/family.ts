/** Names of the shapes that a learning curve may have. */
export type CurveFamily = "pow3" | "exp3" | "mmf4" | "wbl4" | "last1";

/** Values that a shape's parameter may take, and how they are spaced when searched. */
export interface ShapeRange {
  readonly low: number;
  readonly high: number;
  readonly spacing: "even" | "logarithmic";
}

/**
 * Error as a function of rows, e(n) = a + b·φ(n; shape), with a ≥ 0, b ≥ 0 and φ falling from 1 (or more) to 0: every
 * family is linear in a and b, so that only its shape has to be searched.
 */
export interface Family {
  readonly name: CurveFamily;
  /** Names of the shape's parameters, in order. */
  readonly shape: readonly string[];
  /** Fewest budgets to which it is fitted. */
  readonly budgets: number;
  /** Ranges of the shape's parameters for curves seen from `first` to `last` rows. */
  ranges(first: number, last: number): readonly ShapeRange[];
  /** φ of one shape, as a function of ln n: the search computes it some thousand times a curve. */
  fall(shape: readonly number[]): (logRows: number) => number;
}

/** A curve of four parameters needs more budgets than that to be told from one of three. */
const MANY_BUDGETS = 7;
const FEW_BUDGETS = 4;

/** Rows at which a curve turns: from a tenth of the first budget to ten times the last. */
const turning = (first: number, last: number): ShapeRange => ({
  low: first / 10,
  high: last * 10,
  spacing: "logarithmic",
});
const steepness: ShapeRange = { low: 0.25, high: 4, spacing: "logarithmic" };

/** Steepness d and ln m. */
const turn = (shape: readonly number[]): readonly [number, number] => [
  shape[0] ?? 1,
  Math.log(shape[1] ?? 1),
];

const pow3: Family = {
  name: "pow3",
  shape: ["c"],
  budgets: FEW_BUDGETS,
  ranges: () => [{ low: 0.05, high: 2, spacing: "even" }],
  fall: (shape) => {
    const c = shape[0] ?? 1;
    return (logRows) => Math.exp(-c * logRows);
  },
};

const exp3: Family = {
  name: "exp3",
  shape: ["m"],
  budgets: FEW_BUDGETS,
  ranges: (first, last) => [turning(first, last)],
  fall: (shape) => {
    const m = shape[0] ?? 1;
    return (logRows) => Math.exp(-Math.exp(logRows) / m);
  },
};

const mmf4: Family = {
  name: "mmf4",
  shape: ["d", "m"],
  budgets: MANY_BUDGETS,
  ranges: (first, last) => [steepness, turning(first, last)],
  fall: (shape) => {
    const [d, logM] = turn(shape);
    return (logRows) => 1 / (1 + Math.exp(d * (logRows - logM)));
  },
};

const wbl4: Family = {
  name: "wbl4",
  shape: ["d", "m"],
  budgets: MANY_BUDGETS,
  ranges: (first, last) => [steepness, turning(first, last)],
  fall: (shape) => {
    const [d, logM] = turn(shape);
    return (logRows) => Math.exp(-Math.exp(d * (logRows - logM)));
  },
};

/** Says that the last error stays; it has no shape and falls nowhere. */
const last1: Family = {
  name: "last1",
  shape: [],
  budgets: FEW_BUDGETS,
  ranges: () => [],
  fall: () => () => 0,
};

/**
 * Every family by name, in the order in which ties are settled: power law a + b·n^(−c), exponential a + b·e^(−n/m),
 * Morgan–Mercer–Flodin a + b/(1 + (n/m)^d), Weibull a + b·e^(−(n/m)^d), and the last value repeated.
 *
 * @see Viering & Loog, "The shape of learning curves: a review", 2022, table 1; Mohr, Viering et al., LCDB 1.0, 2022
 */
export const families: Readonly<Record<CurveFamily, Family>> = { pow3, exp3, mmf4, wbl4, last1 };
