import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, type Value } from "./evaluate";
import { parseExpression } from "./parse";

const world: Readonly<Record<string, Value>> = {
  two: 2,
  half: 0.5,
  digits: [3, 1, 3],
  gaps: [1, undefined, 3],
  none: [],
  gone: undefined,
  animal: "cat",
};

function value(text: string): Value {
  const { expression, problem } = parseExpression(text);
  if (expression === undefined) throw new Error(problem?.problem);
  return evaluate(expression, (name) => world[name]);
}

describe("evaluating an expression", () => {
  it.each<[string, Value]>([
    ["1 + two * 3", 7],
    ["-1 mod 4", 3],
    ["1 mod -4", -3],
    ["7.5 mod 2", 1.5],
    ["-4 mod 4", 0],
    ["1 / 0", undefined],
    ["1 mod 0", undefined],
    ["sum(digits) mod 4", 3],
    ["min(digits) + max(1, two)", 3],
    ["product(digits)", 9],
    ["count(digits)", 3],
    ["argmax(digits)", 0],
    ["argmax(1, 5, 2)", 1],
    ["digits[1]", 1],
    ["digits[3]", undefined],
    ["digits[-1]", undefined],
    ["digits[half]", undefined],
    ["abs(-2) + sign(-3)", 1],
    ["round(2.5)", 3],
    ["round(-2.5)", -3],
    ["round(-0.2)", 0],
    ['animal == "cat"', true],
    ['if(animal != "cat", 1, 0)', 0],
    ["two <= 2 and not (two < 2)", true],
    ["1 < 2 or gone == 1", true],
    ["two == animal", false],
  ])("%s is %j", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it.each<[string, Value]>([
    ["gone + 1", undefined],
    ["gone == gone", undefined],
    ["sum(gaps)", undefined],
    ["count(gaps)", 2],
    ["count(gone)", undefined],
    ["sum(none)", 0],
    ["max(none)", undefined],
    ["present(gone)", false],
    ["present(gaps)", true],
    ["present(gaps[1])", false],
    ["if(gone == 1, 1, 2)", undefined],
    ["if(present(gone), gone, 5)", 5],
    ["gone == 1 and 1 == 2", false],
    ["gone == 1 and 1 == 1", undefined],
    ["not (gone == 1)", undefined],
  ])("with missing values, %s is %j", (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it("gives the remainder the divisor's sign, as mathematics does", () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 12 }), (a, n) => {
        const rest = value(`(${a}) mod ${n}`);
        expect(rest).toBe(a - n * Math.floor(a / n));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("never gives a number that is not finite, nor −0", () => {
    expect(value("1e308 * 10")).toBeUndefined();
    expect(Object.is(value("0 * (-1)"), 0)).toBe(true);
    expect(Object.is(value("-(two - two)"), 0)).toBe(true);
  });
});
