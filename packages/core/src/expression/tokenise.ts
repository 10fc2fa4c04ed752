/** A word of an expression. `at` is the 0-based character where it starts. */
export type Token =
  | { readonly is: "number"; readonly value: number; readonly at: number }
  | { readonly is: "text"; readonly value: string; readonly at: number }
  | { readonly is: "name"; readonly name: string; readonly quoted: boolean; readonly at: number }
  | { readonly is: "symbol"; readonly symbol: string; readonly at: number }
  | { readonly is: "end"; readonly at: number };

/** Why a text is no expression, and where. `hint` is an imperative sentence. */
export interface SyntaxProblem {
  readonly at: number;
  readonly problem: string;
  readonly hint?: string | undefined;
}

/** Longest expression, in characters. */
export const MAX_EXPRESSION_LENGTH = 4096;

const SPACE = /[ \t\r\n]+/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z][A-Za-z0-9_]*/y;
const SYMBOL = /==|!=|<=|>=|[-+*/<>()[\],]/y;

/** Signs that people type or paste for the language's own. */
const SAME_AS: Readonly<Record<string, string>> = {
  "−": "-",
  "×": "*",
  "·": "*",
  "÷": "/",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
};

const HINTS: Readonly<Record<string, string>> = {
  "=": "Write == to compare.",
  "&": 'Write "and".',
  "|": 'Write "or".',
  "!": 'Write "not".',
  "%": 'Write "mod" for the remainder.',
  "^": "Write a product for a power.",
  "?": "Write if(condition, then, else).",
  "{": "Use parentheses.",
};

/** Cuts an expression's text into words. Linear in its length. */
export function tokenise(text: string): {
  readonly tokens: readonly Token[];
  readonly problem?: SyntaxProblem;
} {
  const tokens: Token[] = [];
  if (text.length > MAX_EXPRESSION_LENGTH) {
    return {
      tokens,
      problem: { at: MAX_EXPRESSION_LENGTH, problem: `longer than ${MAX_EXPRESSION_LENGTH} characters` },
    };
  }
  let at = 0;
  while (at < text.length) {
    const space = match(SPACE, text, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const read = tokenAt(text, at);
    if ("problem" in read) return { tokens, problem: read };
    tokens.push(read.token);
    at = read.end;
  }
  return { tokens: [...tokens, { is: "end", at }] };
}

function tokenAt(text: string, at: number): { readonly token: Token; readonly end: number } | SyntaxProblem {
  const first = text[at] ?? "";
  if (first === '"' || first === "'" || first === "`") return quotedAt(text, at);
  const number = match(NUMBER, text, at);
  if (number !== undefined) {
    const value = Number(number);
    if (!Number.isFinite(value)) return { at, problem: "the number is too large" };
    return { token: { is: "number", value, at }, end: at + number.length };
  }
  const name = match(NAME, text, at);
  if (name !== undefined) return { token: { is: "name", name, quoted: false, at }, end: at + name.length };
  const symbol = match(SYMBOL, text, at) ?? (Object.hasOwn(SAME_AS, first) ? first : undefined);
  if (symbol !== undefined) {
    return { token: { is: "symbol", symbol: SAME_AS[symbol] ?? symbol, at }, end: at + symbol.length };
  }
  const hint = Object.hasOwn(HINTS, first) ? HINTS[first] : undefined;
  return {
    at,
    problem: `${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))} means nothing here`,
    hint,
  };
}

/** A text in double or single quotes, or a name in backticks; a backslash takes the next character as it is. */
function quotedAt(text: string, at: number): { readonly token: Token; readonly end: number } | SyntaxProblem {
  const quote = text[at];
  let value = "";
  for (let index = at + 1; index < text.length; index++) {
    const character = text[index] ?? "";
    if (character === quote) {
      const token: Token =
        quote === "`" ? { is: "name", name: value, quoted: true, at } : { is: "text", value, at };
      return { token, end: index + 1 };
    }
    value += character === "\\" ? (text[++index] ?? "") : character;
  }
  return { at, problem: "the quote is never closed", hint: "Close the quote." };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
