import { describe, expect, it } from "vitest";
import { seed } from "../../ids";
import { stream } from "../../random/streams";
import { framesFor } from "../../graph/symbols";
import { align } from "./align";

const random = stream(seed(31), "ctc");
const rawOf = (frames: number, width: number): Float64Array =>
  Float64Array.from({ length: frames * width }, () => 2 * random.normal());

/** What a path says: repeats made one, blanks left out. */
const collapsed = (path: readonly number[], blank: number): readonly number[] =>
  path.filter((symbol, at) => symbol !== blank && symbol !== path[at - 1]);

/** −log of the sum of the probabilities of every single path that says the symbols. */
function byEveryPath(raw: Float64Array, width: number, symbols: readonly number[]): number {
  const frames = raw.length / width;
  const shares = Array.from({ length: frames }, (_, frame) => {
    const values = [...raw.subarray(frame * width, (frame + 1) * width)].map(Math.exp);
    const sum = values.reduce((total, value) => total + value, 0);
    return values.map((value) => value / sum);
  });
  let likelihood = 0;
  for (let number = 0; number < width ** frames; number++) {
    const path = shares.map((_, frame) => Math.floor(number / width ** frame) % width);
    if (collapsed(path, width - 1).join() === symbols.join())
      likelihood += path.reduce((product, symbol, frame) => product * (shares[frame]![symbol] ?? 0), 1);
  }
  return -Math.log(likelihood);
}

const cases: readonly (readonly [frames: number, width: number, symbols: readonly number[]])[] = [
  [1, 2, [0]],
  [1, 3, []],
  [4, 3, []],
  [4, 3, [1]],
  [3, 3, [0, 1]],
  [3, 3, [1, 1]],
  [5, 3, [0, 0, 1]],
  [6, 3, [0, 1, 0]],
  [6, 3, [1, 1, 1]],
  [5, 4, [2, 0, 2]],
];

describe("CTC's alignment", () => {
  it.each(cases)(
    "sums over every path of %i frames, %i values each, that says %j",
    (frames, width, symbols) => {
      const raw = rawOf(frames, width);
      expect(align({ raw, frames, width }, symbols).loss).toBeCloseTo(byEveryPath(raw, width, symbols), 10);
    },
  );

  it.each(cases)("has the slope as its gradient: %i frames, %i values each, %j", (frames, width, symbols) => {
    const raw = rawOf(frames, width);
    const { gradient } = align({ raw, frames, width }, symbols);
    const step = 1e-5;
    for (const [at, claimed] of gradient.entries()) {
      const moved = (by: number): number => {
        const other = raw.slice();
        other[at] = (other[at] ?? 0) + by;
        return align({ raw: other, frames, width }, symbols).loss;
      };
      expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(claimed, 7);
    }
  });

  it("adds up to 1 over everything that frames can say", () => {
    const [frames, width] = [4, 3];
    const raw = rawOf(frames, width);
    const sayings = new Set(
      Array.from({ length: width ** frames }, (_, number) =>
        collapsed(
          Array.from({ length: frames }, (__, frame) => Math.floor(number / width ** frame) % width),
          width - 1,
        ).join(),
      ),
    );
    const total = [...sayings].reduce((sum, saying) => {
      const symbols = saying === "" ? [] : saying.split(",").map(Number);
      return sum + Math.exp(-align({ raw, frames, width }, symbols).loss);
    }, 0);
    expect(total).toBeCloseTo(1, 12);
  });

  it("neither over- nor underflows along a thousand frames", () => {
    const [frames, width] = [1000, 5];
    const raw = rawOf(frames, width).map((value) => 40 * value);
    const symbols = Array.from({ length: 300 }, () => random.integer(4));
    const { loss, gradient } = align({ raw, frames, width }, symbols);
    expect(Number.isFinite(loss)).toBe(true);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });

  it("has room for any symbols in framesFor of their number, and for equal ones in no fewer", () => {
    for (const count of [1, 2, 5]) {
      const equal: readonly number[] = Array.from({ length: count }, () => 0);
      const lossIn = (frames: number): number =>
        align({ raw: rawOf(frames, 2), frames, width: 2 }, equal).loss;
      expect(Number.isFinite(lossIn(framesFor(count)))).toBe(true);
      if (count > 1) expect(lossIn(framesFor(count) - 1)).toBe(Number.POSITIVE_INFINITY);
    }
  });
});
