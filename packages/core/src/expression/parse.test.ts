import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Expression } from "./expression";
import { namesOf } from "./names";
import { parseExpression } from "./parse";

/** The tree with all brackets written, to see how it was read. */
function brackets(node: Expression): string {
  switch (node.is) {
    case "number":
      return String(node.value);
    case "text":
      return JSON.stringify(node.value);
    case "name":
      return node.name;
    case "index":
      return `${brackets(node.of)}[${brackets(node.index)}]`;
    case "unary":
      return `(${node.operator} ${brackets(node.of)})`;
    case "binary":
      return `(${brackets(node.left)} ${node.operator} ${brackets(node.right)})`;
    case "call":
      return `${node.call}(${node.arguments.map(brackets).join(", ")})`;
  }
}

const read = (text: string): string => {
  const parsed = parseExpression(text);
  return parsed.problem === undefined
    ? brackets(parsed.expression)
    : `${parsed.problem.at}: ${parsed.problem.problem}`;
};

describe("reading an expression", () => {
  it.each([
    ["sum(digits) mod 4", "(sum(digits) mod 4)"],
    ["1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"],
    ["-a * b", "((- a) * b)"],
    ["- a[0]", "(- a[0])"],
    ["not a == b and c or d", "(((not (a == b)) and c) or d)"],
    ["a or b and c", "(a or (b and c))"],
    ["2 - 3 - 4", "((2 - 3) - 4)"],
    ["(2 - 3) * .5e1", "((2 - 3) * 5)"],
    ["digits[0][i + 1]", "digits[0][(i + 1)]"],
    ["if(a > 1, \"many\", 'few')", 'if((a > 1), "many", "few")'],
    ["`my-field` + 1", "(my-field + 1)"],
    ["2 × 3 − 1 ≤ x", "(((2 * 3) - 1) <= x)"],
    ["count + sum", "(count + sum)"],
    ['"a\\"b"', '"a\\"b"'],
  ])("reads %s", (text, tree) => {
    expect(read(text)).toBe(tree);
  });

  it.each([
    ["", "0: there is nothing to compute"],
    ["a +", "3: expected a value, seen the end"],
    ["a b", '2: "b" is one too many'],
    ["a = b", '2: "=" means nothing here'],
    ["foo(1)", '0: there is no function "foo"'],
    ["abs(1, 2)", "0: abs() takes 1 value, seen 2"],
    ["min()", "0: min() takes at least 1 value, seen 0"],
    ["if(a, b)", "0: if() takes 3 values, seen 2"],
    ["a < b < c", "6: two comparisons in a row"],
    ["(a", '2: expected ")", seen the end'],
    ["'abc", "0: the quote is never closed"],
    ["1e999", "0: the number is too large"],
    ["a + and", '4: expected a value, seen "and"'],
  ])("says where %j goes wrong", (text, problem) => {
    expect(read(text)).toBe(problem);
  });

  it("gives a hint for habits of other languages", () => {
    expect(parseExpression("a % 2").problem?.hint).toContain("mod");
    expect(parseExpression("a && b").problem?.hint).toContain("and");
    expect(parseExpression("summ(a)").problem?.hint).toBe("Did you mean sum()?");
  });

  it("refuses deep nesting and long texts without running out of stack", () => {
    expect(read("(".repeat(4000))).toContain("nested more than 64 deep");
    expect(read("-".repeat(4000))).toContain("nested more than 64 deep");
    expect(read("not ".repeat(1000))).toContain("nested more than 64 deep");
    expect(read("a".repeat(5000))).toContain("longer than 4096");
    expect(parseExpression(Array(1000).fill("a").join("+")).expression).toBeDefined();
  });

  it("never throws, and points into the text", () => {
    const alphabet = fc.constantFrom(..."ab1.+-*/()[],<>=!\"'`\\ ∞😀", "mod", "not ", "if(", "and ");
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 40 }), (parts) => {
        const text = parts.join("");
        const { problem } = parseExpression(text);
        if (problem !== undefined) expect(problem.at).toBeLessThanOrEqual(text.length);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

it("names are listed once, in the order of their first use", () => {
  const { expression } = parseExpression("b + a[i] * min(b, c) + if(present(d), 1, 2)");
  expect(expression && namesOf(expression)).toEqual(["b", "a", "i", "c", "d"]);
});
