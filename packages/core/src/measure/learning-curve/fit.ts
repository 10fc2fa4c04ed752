import { families, type CurveFamily } from "./family";
import { searchShape, searchShapeNear } from "./search";

/** Mean error at one budget. */
export interface CurvePoint {
  readonly rows: number;
  readonly error: number;
  /** 1/(sd² + σ₀²): how much the point counts. */
  readonly weight: number;
}

/** e(n) = a + b·φ(n; shape). Plain data; `errorAt` reads it. */
export interface FittedCurve {
  readonly family: CurveFamily;
  /** a, b and the shape's parameters by name. */
  readonly params: Readonly<Record<string, number>>;
}

/**
 * Fits one family by variable projection: for every shape the best a ≥ 0 and b ≥ 0 follow from weighted least squares in
 * closed form, and only the shape is searched. `last1` repeats the last point.
 *
 * @see Golub & Pereyra, SIAM Journal on Numerical Analysis 10, 1973
 * @param points by rising rows, at least one
 */
export function fitFamily(name: CurveFamily, points: readonly CurvePoint[]): FittedCurve {
  return fit(name, points);
}

/** Fits the family of a curve again, to points that differ from its own by a seed: its shape is searched nearby. */
export const refit = (known: FittedCurve, points: readonly CurvePoint[]): FittedCurve =>
  fit(known.family, points, shapeOf(known));

function fit(name: CurveFamily, points: readonly CurvePoint[], near?: readonly number[]): FittedCurve {
  const { shape, ranges, fall } = families[name];
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) throw new Error("learning-curve: nothing to fit");
  if (shape.length === 0) return { family: name, params: { a: last.error } };
  const sampled = sample(points);
  const project = (values: readonly number[]): Line => {
    const { logRows, falls } = sampled;
    const at = fall(values);
    for (let k = 0; k < falls.length; k++) falls[k] = at(logRows[k] ?? 0);
    return fitLine(sampled);
  };
  const loss = (values: readonly number[]): number => project(values).loss;
  const within = ranges(first.rows, last.rows);
  const found = near === undefined ? searchShape(within, loss) : searchShapeNear(near, within, loss);
  const { a, b } = project(found.shape);
  const named = Object.fromEntries(shape.map((key, k) => [key, found.shape[k] ?? 0]));
  return { family: name, params: { a, b, ...named } };
}

/** e(n) of a fitted curve. */
export function errorAt({ family, params }: FittedCurve, rows: number): number {
  const fall = families[family].fall(shapeOf({ family, params }));
  return (params["a"] ?? 0) + (params["b"] ?? 0) * fall(Math.log(rows));
}

const shapeOf = ({ family, params }: FittedCurve): readonly number[] =>
  families[family].shape.map((name) => params[name] ?? 0);

interface Line {
  readonly a: number;
  readonly b: number;
  /** Σ w·(e − a − b·φ)² */
  readonly loss: number;
}

/** Points as typed arrays, with room for φ. */
interface Sampled {
  readonly logRows: Float64Array;
  readonly errors: Float64Array;
  /** Sum 1. */
  readonly weights: Float64Array;
  readonly falls: Float64Array;
}

function sample(points: readonly CurvePoint[]): Sampled {
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return {
    logRows: Float64Array.from(points, ({ rows }) => Math.log(rows)),
    errors: Float64Array.from(points, ({ error }) => error),
    weights: Float64Array.from(points, ({ weight }) => weight / total),
    falls: new Float64Array(points.length),
  };
}

/** Weighted least squares of e = a + b·φ with a ≥ 0 and b ≥ 0: the free solution, else the better one on the border. */
function fitLine({ errors, weights, falls }: Sampled): Line {
  const count = errors.length;
  let meanFall = 0;
  let meanError = 0;
  for (let k = 0; k < count; k++) {
    meanFall += (weights[k] ?? 0) * (falls[k] ?? 0);
    meanError += (weights[k] ?? 0) * (errors[k] ?? 0);
  }
  let varying = 0;
  let together = 0;
  for (let k = 0; k < count; k++) {
    const fall = (falls[k] ?? 0) - meanFall;
    varying += (weights[k] ?? 0) * fall * fall;
    together += (weights[k] ?? 0) * fall * ((errors[k] ?? 0) - meanError);
  }
  let b = varying > 0 ? together / varying : 0;
  let a = meanError - b * meanFall;
  if (!(b > 0)) {
    b = 0;
    a = Math.max(0, meanError);
  } else if (a < 0) {
    a = 0;
    // Σwφe / Σwφ², from the centred sums
    b = Math.max(0, (together + meanFall * meanError) / (varying + meanFall * meanFall));
  }
  let loss = 0;
  for (let k = 0; k < count; k++) {
    const miss = (errors[k] ?? 0) - a - b * (falls[k] ?? 0);
    loss += (weights[k] ?? 0) * miss * miss;
  }
  return { a, b, loss };
}
