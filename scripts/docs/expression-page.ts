import { evaluate, type Value } from "../../packages/core/src/expression/evaluate";
import { parseExpression } from "../../packages/core/src/expression/parse";
import { page, type Pages, table } from "./pages";

/** The values that examples are computed with; `speed` is missing. */
const VALUES: Readonly<Record<string, Value>> = {
  digits: [4, 8],
  distance: -2.5,
  shape: "circle",
  exists: 1,
};

const EXAMPLES: readonly (readonly [expression: string, words: string])[] = [
  ["sum(digits) mod 4", "+ − * / and the remainder, which has the divisor’s sign"],
  ["-1 mod 4", "the same below 0"],
  ["digits[1] - digits[0]", "an element of a list, counted from 0"],
  ["digits[2]", "an element that isn’t there is missing"],
  ["min(digits)", "least; also of values: `min(a, b)`"],
  ["max(digits)", "greatest"],
  ["product(digits)", "product"],
  ["count(digits)", "how many of a list’s values are there"],
  ["argmax(digits)", "place of the greatest, the first of equals"],
  ["round(distance)", "to the nearest whole number, halves away from 0"],
  ["abs(distance)", "distance from 0"],
  ["sign(distance)", "−1, 0 or 1"],
  ['if(shape == "circle", 1, 0)', "a choice; texts stand in quotes"],
  ["exists == 1 and not digits[0] > 5", "== != < <= > >=, and, or, not"],
  ["speed > 3", "what is computed from a missing value is missing"],
  ["exists == 0 and speed > 3", "unless the other side decides"],
  ["present(speed)", "asks whether a value is there"],
  ["1 / 0", "what cannot be computed is missing"],
];

/** The language of formulas and masks, with examples that are computed here. */
export function expressionPage(): Pages {
  const rows = EXAMPLES.map(([text, words]) => [`\`${text}\``, written(valueOf(text)), words]);
  const given = [...Object.entries(VALUES).map(([name, value]) => `\`${name}\` = ${written(value)}`)];
  return {
    "reference/expressions.md": page(
      "# Formulas and masks",
      "A `formula` stage computes a value from its input ports, which are the names in its expression. A head’s `mask` says for which records its loss counts, from the record’s fields. Both are read to a tree and evaluated by a walk; nothing is ever compiled from text.",
      "A label’s value is its class: a number where it is written as one, else a text. A vector, a box, flags and a sequence are lists. A name with a hyphen stands in backticks.",
      `Here ${given.join(", ")}, and \`speed\` is missing:`,
      table(["Expression", "Value", "What it shows"], rows),
      "A mask lets a record through only where it is true: what is missing is not true. That the head’s own label is there is always part of its mask.",
    ),
  };
}

function valueOf(text: string): Value {
  const { expression, problem } = parseExpression(text);
  if (expression === undefined) throw new Error(`docs: ${text}: ${problem.problem}`);
  return evaluate(expression, (name) => VALUES[name]);
}

const written = (value: Value): string => (value === undefined ? "missing" : `\`${JSON.stringify(value)}\``);
