/**
 * The parsed form of a formula or mask: a tree of data, evaluated by a walk, never compiled to code.
 * `at` is the 0-based character where the node starts in its text.
 */
export type Expression =
  | { readonly is: "number"; readonly value: number; readonly at: number }
  | { readonly is: "text"; readonly value: string; readonly at: number }
  /** An input port of a formula, or a field in a mask. */
  | { readonly is: "name"; readonly name: string; readonly at: number }
  | { readonly is: "index"; readonly of: Expression; readonly index: Expression; readonly at: number }
  | { readonly is: "unary"; readonly operator: "-" | "not"; readonly of: Expression; readonly at: number }
  | {
      readonly is: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly is: "call";
      readonly call: FunctionName;
      readonly arguments: readonly Expression[];
      readonly at: number;
    };

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "mod"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "and"
  | "or";

export type FunctionName =
  | "min"
  | "max"
  | "sum"
  | "product"
  | "count"
  | "argmax"
  | "abs"
  | "sign"
  | "round"
  | "if"
  | "present";
