import { nearest } from "../diagnostics/nearest";
import { countOf, quote } from "../diagnostics/words";
import type { BinaryOperator, Expression, FunctionName } from "./expression";
import { type SyntaxProblem, type Token, tokenise } from "./tokenise";

/** Either the tree, or why there is none. */
export type ParsedExpression =
  | { readonly expression: Expression; readonly problem?: undefined }
  | { readonly expression?: undefined; readonly problem: SyntaxProblem };

/** Brackets, calls, `not` and minus signs that may stand inside each other. */
const MAX_NESTING = 64;

const PRECEDENCE: ReadonlyMap<string, number> = new Map<BinaryOperator, number>([
  ["or", 1],
  ["and", 2],
  ["==", 4],
  ["!=", 4],
  ["<", 4],
  ["<=", 4],
  [">", 4],
  [">=", 4],
  ["+", 5],
  ["-", 5],
  ["*", 6],
  ["/", 6],
  ["mod", 6],
]);
const NOT = 3;
const COMPARISON = 4;
const MINUS = 7;

const ANY_NUMBER = Number.POSITIVE_INFINITY;
/** Least and most arguments of each function. */
const ARITY: ReadonlyMap<string, readonly [least: number, most: number]> = new Map<
  FunctionName,
  [number, number]
>([
  ["min", [1, ANY_NUMBER]],
  ["max", [1, ANY_NUMBER]],
  ["sum", [1, ANY_NUMBER]],
  ["product", [1, ANY_NUMBER]],
  ["count", [1, ANY_NUMBER]],
  ["argmax", [1, ANY_NUMBER]],
  ["abs", [1, 1]],
  ["sign", [1, 1]],
  ["round", [1, 1]],
  ["if", [3, 3]],
  ["present", [1, 1]],
]);

const isOperator = (word: string): word is BinaryOperator => PRECEDENCE.has(word);
const isFunction = (word: string): word is FunctionName => ARITY.has(word);

/** A problem on its way from where it is found to `parseExpression`; never leaves this file. */
class Stop extends Error {
  constructor(readonly found: SyntaxProblem) {
    super(found.problem);
  }
}

/**
 * Parses a formula or mask to a tree: precedence climbing (Pratt 1973), from loose to tight
 * `or`, `and`, `not`, comparisons, `+ −`, `* / mod`, unary `−`, `[index]`.
 */
export function parseExpression(text: string): ParsedExpression {
  const { tokens, problem } = tokenise(text);
  if (problem !== undefined) return { problem };
  try {
    return { expression: new Parser(tokens).whole() };
  } catch (thrown) {
    if (thrown instanceof Stop) return { problem: thrown.found };
    throw thrown;
  }
}

class Parser {
  private next = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    if (this.peek().is === "end") this.stop("there is nothing to compute", "Write an expression.");
    const expression = this.expression(0);
    if (this.peek().is !== "end")
      this.stop(`${this.seen()} is one too many`, "Put an operator between two values.");
    return expression;
  }

  /** An expression whose operators bind tighter than `loosest`. */
  private expression(loosest: number): Expression {
    if (++this.depth > MAX_NESTING) this.stop(`nested more than ${MAX_NESTING} deep`, "Use fewer brackets.");
    let left = this.prefix();
    for (;;) {
      const { at } = this.peek();
      const operator = this.operator();
      const precedence = operator === undefined ? 0 : (PRECEDENCE.get(operator) ?? 0);
      if (operator === undefined || precedence <= loosest) break;
      this.next++;
      left = { is: "binary", operator, left, right: this.expression(precedence), at };
      if (precedence === COMPARISON && PRECEDENCE.get(this.operator() ?? "") === COMPARISON) {
        this.stop("two comparisons in a row", "Write a < b and b < c.");
      }
    }
    this.depth--;
    return left;
  }

  private prefix(): Expression {
    const token = this.peek();
    const { at } = token;
    if (this.takeWord("not")) return { is: "unary", operator: "not", of: this.expression(NOT), at };
    if (this.takeSymbol("-")) return { is: "unary", operator: "-", of: this.expression(MINUS), at };
    let value = this.value();
    while (this.takeSymbol("[")) {
      const index = this.expression(0);
      this.expect("]");
      value = { is: "index", of: value, index, at };
    }
    return value;
  }

  private value(): Expression {
    const token = this.peek();
    const { at } = token;
    if (this.takeSymbol("(")) {
      const inside = this.expression(0);
      this.expect(")");
      return inside;
    }
    if (token.is === "number" || token.is === "text") {
      this.next++;
      return token.is === "number"
        ? { is: "number", value: token.value, at }
        : { is: "text", value: token.value, at };
    }
    if (token.is !== "name" || (!token.quoted && isOperator(token.name))) {
      return this.stop(
        `expected a value, seen ${this.seen()}`,
        "Write a number, a text in quotes, a name or a function.",
      );
    }
    this.next++;
    return !token.quoted && this.takeSymbol("(")
      ? this.call(token.name, at)
      : { is: "name", name: token.name, at };
  }

  /** A call whose name and opening bracket were taken. */
  private call(name: string, at: number): Expression {
    if (!isFunction(name)) {
      const near = nearest(name, ARITY.keys());
      const hint =
        near === undefined ? `Functions are ${[...ARITY.keys()].join(", ")}.` : `Did you mean ${near}()?`;
      throw new Stop({ at, problem: `there is no function ${quote(name)}`, hint });
    }
    const given: Expression[] = [];
    if (!this.takeSymbol(")")) {
      do given.push(this.expression(0));
      while (this.takeSymbol(","));
      this.expect(")");
    }
    const [least, most] = ARITY.get(name) ?? [1, 1];
    if (given.length < least || given.length > most) {
      const expected = `${least === most ? "" : "at least "}${countOf(least, "value")}`;
      throw new Stop({ at, problem: `${name}() takes ${expected}, seen ${given.length}` });
    }
    return { is: "call", call: name, arguments: given, at };
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { is: "end", at: 0 };
  }

  /** The operator that comes next, if one does. */
  private operator(): BinaryOperator | undefined {
    const token = this.peek();
    const word =
      token.is === "symbol" ? token.symbol : token.is === "name" && !token.quoted ? token.name : "";
    return isOperator(word) ? word : undefined;
  }

  private takeSymbol(symbol: string): boolean {
    const token = this.peek();
    const found = token.is === "symbol" && token.symbol === symbol;
    if (found) this.next++;
    return found;
  }

  private takeWord(word: string): boolean {
    const token = this.peek();
    const found = token.is === "name" && !token.quoted && token.name === word;
    if (found) this.next++;
    return found;
  }

  private expect(symbol: string): void {
    if (!this.takeSymbol(symbol))
      this.stop(`expected ${quote(symbol)}, seen ${this.seen()}`, `Add ${quote(symbol)}.`);
  }

  private seen(): string {
    const token = this.peek();
    switch (token.is) {
      case "end":
        return "the end";
      case "number":
        return String(token.value);
      case "text":
        return quote(token.value);
      case "name":
        return quote(token.name);
      case "symbol":
        return quote(token.symbol);
    }
  }

  private stop(problem: string, hint: string): never {
    throw new Stop({ at: this.peek().at, problem, hint });
  }
}
