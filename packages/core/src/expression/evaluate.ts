import type { BinaryOperator, Expression, FunctionName } from "./expression";

/** What an expression computes with; `undefined` is a missing value. */
export type Value = number | string | boolean | undefined | readonly Value[];

/**
 * Evaluates a tree by walking it. Total: whatever cannot be computed (division by zero, an index that isn't there,
 * a value of the wrong type) is missing, and what is computed from a missing value is missing. `and` and `or` are
 * three-valued: `false and missing` is false.
 *
 * @param lookup the value of a name
 */
export function evaluate(expression: Expression, lookup: (name: string) => Value): Value {
  switch (expression.is) {
    case "number":
    case "text":
      return expression.value;
    case "name":
      return lookup(expression.name);
    case "index":
      return element(evaluate(expression.of, lookup), evaluate(expression.index, lookup));
    case "unary": {
      const value = evaluate(expression.of, lookup);
      if (expression.operator === "not") return typeof value === "boolean" ? !value : undefined;
      return typeof value === "number" ? finite(-value) : undefined;
    }
    case "binary":
      return binary(
        expression.operator,
        evaluate(expression.left, lookup),
        evaluate(expression.right, lookup),
      );
    case "call":
      return call(expression.call, expression.arguments, lookup);
  }
}

/** −0 becomes 0; infinite and not-a-number become missing. */
const finite = (value: number): number | undefined => (Number.isFinite(value) ? value + 0 : undefined);

function element(list: Value, index: Value): Value {
  return isList(list) && typeof index === "number" && Number.isInteger(index) ? list[index] : undefined;
}

function binary(operator: BinaryOperator, left: Value, right: Value): Value {
  if (operator === "and" || operator === "or") return logic(operator, left, right);
  if (left === undefined || right === undefined || isList(left) || isList(right)) return undefined;
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  return arithmetic(operator, left, right);
}

function arithmetic(
  operator: Exclude<BinaryOperator, "and" | "or" | "==" | "!=">,
  left: number,
  right: number,
): number | boolean | undefined {
  switch (operator) {
    case "+":
      return finite(left + right);
    case "-":
      return finite(left - right);
    case "*":
      return finite(left * right);
    case "/":
      return finite(left / right);
    case "mod":
      return modulo(left, right);
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** Kleene's three-valued logic: a missing side only matters where the other one doesn't decide. */
function logic(operator: "and" | "or", left: Value, right: Value): boolean | undefined {
  const decides = operator === "or";
  if (left === decides || right === decides) return decides;
  return left === !decides && right === !decides ? !decides : undefined;
}

/** The remainder that has the divisor's sign: −1 mod 4 is 3. */
function modulo(left: number, right: number): number | undefined {
  const rest = left % right;
  return finite(rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest);
}

function call(name: FunctionName, given: readonly Expression[], lookup: (name: string) => Value): Value {
  const [first, second, third] = given;
  if (first === undefined) return undefined;
  if (name === "present") return isPresent(evaluate(first, lookup));
  if (name === "if") {
    const condition = evaluate(first, lookup);
    const branch = condition === true ? second : condition === false ? third : undefined;
    return branch === undefined ? undefined : evaluate(branch, lookup);
  }
  const values = given.map((argument) => evaluate(argument, lookup));
  const only = values[0];
  const list = values.length === 1 && isList(only) ? only : values;
  if (name === "count")
    return values.length === 1 && only === undefined ? undefined : list.filter(isPresent).length;
  if (!list.every((value) => typeof value === "number")) return undefined;
  return aggregate(name, list);
}

/** A list is present where any of its entries is, or where it is an empty list that was given. */
function isPresent(value: Value): boolean {
  return isList(value) ? value.length === 0 || value.some(isPresent) : value !== undefined;
}

function aggregate(
  name: Exclude<FunctionName, "present" | "if" | "count">,
  numbers: readonly number[],
): Value {
  const first = numbers[0];
  switch (name) {
    case "sum":
      return finite(numbers.reduce((total, value) => total + value, 0));
    case "product":
      return finite(numbers.reduce((total, value) => total * value, 1));
    case "min":
      return first === undefined ? undefined : finite(numbers.reduce((a, b) => Math.min(a, b)));
    case "max":
      return first === undefined ? undefined : finite(numbers.reduce((a, b) => Math.max(a, b)));
    case "argmax":
      return first === undefined ? undefined : numbers.indexOf(numbers.reduce((a, b) => Math.max(a, b)));
    case "abs":
      return first === undefined ? undefined : Math.abs(first);
    case "sign":
      return first === undefined ? undefined : finite(Math.sign(first));
    // Halves away from zero, as people round: round(-2.5) is −3.
    case "round":
      return first === undefined ? undefined : finite(Math.sign(first) * Math.floor(Math.abs(first) + 0.5));
  }
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
