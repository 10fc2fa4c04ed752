import type { ShapeRange } from "./family";

/** How finely one parameter is searched. */
interface Effort {
  readonly grid: number;
  readonly sections: number;
}

/** One parameter is cheap; of two, each step of the outer one is a whole search of the inner one. */
const effortFor = (parameters: number): Effort =>
  parameters < 2 ? { grid: 32, sections: 36 } : { grid: 8, sections: 12 };

/** Around a known solution less has to be looked through. */
const NEAR: Effort = { grid: 5, sections: 9 };
/** How far a parameter may move from a known solution, as a factor. */
const NEAR_FACTOR = 2.5;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** The shape with the smallest loss, and that loss. */
export interface Found {
  readonly shape: readonly number[];
  readonly loss: number;
}

/**
 * The shape that minimises a loss: a grid over the first parameter, then golden sections between the best point's
 * neighbours; the other parameters are minimised anew at every value of the first. Deterministic, without starting
 * values.
 */
export function searchShape(
  ranges: readonly ShapeRange[],
  loss: (shape: readonly number[]) => number,
): Found {
  return search(ranges, effortFor(ranges.length), loss);
}

/**
 * The same near a known solution: for fits of data that differ by one seed.
 * @param known shape found from nearly the same data
 */
export function searchShapeNear(
  known: readonly number[],
  ranges: readonly ShapeRange[],
  loss: (shape: readonly number[]) => number,
): Found {
  const near = ranges.map((range, k) => ({
    ...range,
    low: Math.max(range.low, (known[k] ?? range.low) / NEAR_FACTOR),
    high: Math.min(range.high, (known[k] ?? range.high) * NEAR_FACTOR),
  }));
  return search(near, NEAR, loss);
}

function search(
  ranges: readonly ShapeRange[],
  effort: Effort,
  loss: (shape: readonly number[]) => number,
): Found {
  const within = ([range, ...others]: readonly ShapeRange[], known: readonly number[]): Found => {
    if (range === undefined) return { shape: known, loss: loss(known) };
    return searchLine(range, effort, (value) => within(others, [...known, value]));
  };
  return within(ranges, []);
}

function searchLine(range: ShapeRange, { grid, sections }: Effort, at: (value: number) => Found): Found {
  const [from, to] = [scale(range.low, range), scale(range.high, range)];
  const step = (to - from) / (grid - 1);
  const find = (position: number): Found => at(unscale(Math.min(to, Math.max(from, position)), range));
  let best = find(from);
  let bestAt = from;
  const keep = (found: Found, position: number): Found => {
    if (found.loss < best.loss) {
      best = found;
      bestAt = position;
    }
    return found;
  };
  for (let k = 1; k < grid; k++) keep(find(from + k * step), from + k * step);
  let low = Math.max(from, bestAt - step);
  let high = Math.min(to, bestAt + step);
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  let ofLeft = keep(find(left), left);
  let ofRight = keep(find(right), right);
  for (let section = 0; section < sections; section++) {
    if (ofLeft.loss <= ofRight.loss) {
      [high, right, ofRight] = [right, left, ofLeft];
      left = high - GOLDEN * (high - low);
      ofLeft = keep(find(left), left);
    } else {
      [low, left, ofLeft] = [left, right, ofRight];
      right = low + GOLDEN * (high - low);
      ofRight = keep(find(right), right);
    }
  }
  return best;
}

const scale = (value: number, { spacing }: ShapeRange): number =>
  spacing === "even" ? value : Math.log(value);
const unscale = (position: number, { spacing }: ShapeRange): number =>
  spacing === "even" ? position : Math.exp(position);
