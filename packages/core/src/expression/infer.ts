import { describeType } from "../graph/assignable";
import { classValue } from "../graph/class-value";
import type { FieldType } from "../graph/field-type";
import { listNames, quote } from "../diagnostics/words";
import type { Expression, FunctionName } from "./expression";

/** What is known of a value before it is computed. `values`: all that it can be, where that is known. */
export type ExpressionType =
  | { readonly is: "number" }
  | { readonly is: "boolean" }
  | { readonly is: "text"; readonly values?: readonly string[] }
  /** A label some of whose classes are numbers and some are not. */
  | { readonly is: "mixed"; readonly values: readonly string[] }
  | { readonly is: "list"; readonly of: ExpressionType; readonly maxLength: number }
  /** A value that no operator takes: an image or a signal. Only `present` can be asked. */
  | { readonly is: "opaque"; readonly words: string }
  /** Something is wrong below, and was said. */
  | { readonly is: "unknown" };

/** An operator or function that gets what it cannot take, at a 0-based character. */
export interface TypeProblem {
  readonly at: number;
  readonly expected: string;
  readonly seen: string;
}

const NUMBER: ExpressionType = { is: "number" };
const BOOLEAN: ExpressionType = { is: "boolean" };
const UNKNOWN: ExpressionType = { is: "unknown" };

/** How an expression sees a field's values. */
export function expressionType(type: FieldType): ExpressionType {
  switch (type.is) {
    case "scalar":
      return NUMBER;
    case "label": {
      const numbers = type.classes.filter((name) => typeof classValue(name) === "number").length;
      if (numbers === type.classes.length) return NUMBER;
      return { is: numbers === 0 ? "text" : "mixed", values: type.classes };
    }
    case "vector":
      return { is: "list", of: NUMBER, maxLength: type.size };
    case "box":
      return { is: "list", of: NUMBER, maxLength: 4 };
    case "flags":
      return { is: "list", of: NUMBER, maxLength: type.names.length };
    case "text":
      return { is: "text" };
    case "sequence":
      return { is: "list", of: expressionType(type.of), maxLength: type.maxLength };
    case "image":
    case "signal":
      return { is: "opaque", words: describeType(type) };
  }
}

/** A type in words, for "expected …, seen …". */
export function describeExpressionType(type: ExpressionType): string {
  switch (type.is) {
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "text":
      return "a text";
    case "mixed":
      return "a label whose classes are numbers and texts";
    case "list":
      return `a list of ${type.maxLength}`;
    case "opaque":
      return type.words;
    case "unknown":
      return "an unknown value";
  }
}

/**
 * Infers an expression's type from those of its names.
 * @param typeOf undefined for a name that is not known (who knows the names reports it)
 */
export function inferExpression(
  expression: Expression,
  typeOf: (name: string) => ExpressionType | undefined,
): { readonly type: ExpressionType; readonly problems: readonly TypeProblem[] } {
  const inference = new Inference(typeOf);
  return { type: inference.infer(expression), problems: inference.problems };
}

class Inference {
  readonly problems: TypeProblem[] = [];

  constructor(private readonly typeOf: (name: string) => ExpressionType | undefined) {}

  infer(node: Expression): ExpressionType {
    switch (node.is) {
      case "number":
        return NUMBER;
      case "text":
        return { is: "text", values: [node.value] };
      case "name":
        return this.typeOf(node.name) ?? UNKNOWN;
      case "index":
        return this.index(node);
      case "unary":
        this.wants(node.of, node.operator === "not" ? "boolean" : "number");
        return node.operator === "not" ? BOOLEAN : NUMBER;
      case "binary":
        return this.binary(node);
      case "call":
        return this.call(node.call, node.arguments);
    }
  }

  private index({ of, index }: Extract<Expression, { is: "index" }>): ExpressionType {
    const list = this.infer(of);
    this.wants(index, "number");
    if (list.is === "unknown") return UNKNOWN;
    if (list.is !== "list") return this.complain(of.at, "a list before [", describeExpressionType(list));
    if (index.is === "number" && !(Number.isInteger(index.value) && index.value < list.maxLength)) {
      return this.complain(index.at, `an index from 0 to ${list.maxLength - 1}`, String(index.value));
    }
    return list.of;
  }

  private binary(node: Extract<Expression, { is: "binary" }>): ExpressionType {
    const { operator } = node;
    if (operator === "==" || operator === "!=") return this.equality(node);
    const wanted = operator === "and" || operator === "or" ? "boolean" : "number";
    this.wants(node.left, wanted);
    this.wants(node.right, wanted);
    return wanted === "boolean" || operator.startsWith("<") || operator.startsWith(">") ? BOOLEAN : NUMBER;
  }

  private equality({ left, right }: Extract<Expression, { is: "binary" }>): ExpressionType {
    const one = this.comparand(left);
    const other = this.comparand(right);
    if (!comparable(one, other)) {
      this.complain(right.at, describeExpressionType(one), describeExpressionType(other));
    } else if (right.is === "text") this.oneOf(right, one);
    else if (left.is === "text") this.oneOf(left, other);
    return BOOLEAN;
  }

  /** A side of `==`: a single value. */
  private comparand(node: Expression): ExpressionType {
    const type = this.infer(node);
    if (type.is !== "list" && type.is !== "opaque") return type;
    return this.complain(node.at, "a number or text to compare", describeExpressionType(type));
  }

  /** A text that a label is compared with must be one of its classes, else the comparison is never true. */
  private oneOf(literal: Extract<Expression, { is: "text" }>, other: ExpressionType): void {
    if ((other.is !== "text" && other.is !== "mixed") || other.values === undefined) return;
    if (other.values.includes(literal.value)) return;
    this.complain(literal.at, `one of ${listNames(other.values)}`, quote(literal.value));
  }

  private call(name: FunctionName, given: readonly Expression[]): ExpressionType {
    const [first, second, third] = given;
    if (name === "if" && first !== undefined && second !== undefined && third !== undefined) {
      this.wants(first, "boolean");
      return this.union(this.infer(second), this.infer(third), third.at);
    }
    if (name === "present" || name === "count") {
      for (const argument of given) this.infer(argument);
      return name === "present" ? BOOLEAN : NUMBER;
    }
    const takesList = given.length === 1 && name !== "abs" && name !== "sign" && name !== "round";
    for (const argument of given) {
      const type = this.infer(argument);
      if (takesList && type.is === "list") this.check(argument, type.of, "a list of numbers");
      else this.check(argument, type, "a number");
    }
    return NUMBER;
  }

  /** The type of a value that comes from one of two branches. */
  private union(one: ExpressionType, other: ExpressionType, at: number): ExpressionType {
    if (one.is === "unknown" || other.is === "unknown") return UNKNOWN;
    if (one.is === "text" && other.is === "text") {
      if (one.values === undefined || other.values === undefined) return { is: "text" };
      return { is: "text", values: [...new Set([...one.values, ...other.values])] };
    }
    if (one.is === other.is && (one.is === "number" || one.is === "boolean")) return one;
    return this.complain(
      at,
      `${describeExpressionType(one)}, as in the other branch`,
      describeExpressionType(other),
    );
  }

  private check(node: Expression, type: ExpressionType, expected: string): void {
    if (type.is !== "number" && type.is !== "unknown")
      this.complain(node.at, expected, describeExpressionType(type));
  }

  private wants(node: Expression, wanted: "number" | "boolean"): void {
    const type = this.infer(node);
    if (type.is === wanted || type.is === "unknown") return;
    this.complain(node.at, describeExpressionType({ is: wanted }), describeExpressionType(type));
  }

  private complain(at: number, expected: string, seen: string): ExpressionType {
    this.problems.push({ at, expected, seen });
    return UNKNOWN;
  }
}

function comparable(left: ExpressionType, right: ExpressionType): boolean {
  if (left.is === "unknown" || right.is === "unknown" || left.is === right.is) return true;
  const kinds = [left.is, right.is];
  return kinds.includes("mixed") && !kinds.includes("boolean");
}
