import { utf8ToBytes } from "@noble/hashes/utils.js";
import {
  documentNotJson,
  documentTooDeep,
  documentTooFull,
  documentTooLarge,
  duplicateKey,
  forbiddenKey,
  numberNotFinite,
  textTooLong,
} from "../diagnostics/catalog/document";
import type { Checked, Diagnostic } from "../diagnostics/diagnostic";
import { quote } from "../diagnostics/words";
import { DOCUMENT_LIMITS, type DocumentLimits, FORBIDDEN_KEYS, MOST_DIAGNOSTICS } from "./inspect";

/**
 * Scans a JSON text once, in linear time and without recursion, before JSON.parse may see it: syntax, depth, size,
 * keys written twice (JSON.parse keeps the last one silently), keys that could reach into prototypes, numbers that
 * would become infinite. Everything is reported with its path and line.
 */
export function scanJson(text: string, limits: DocumentLimits = DOCUMENT_LIMITS): readonly Diagnostic[] {
  const bytes = text.length > limits.bytes ? text.length : utf8ToBytes(text).length;
  if (bytes > limits.bytes) {
    return [documentTooLarge({ place: { at: "document", path: [] }, bytes, limit: limits.bytes })];
  }
  const scanner = new Scanner(text, limits);
  scanner.whole();
  return scanner.found;
}

/** Scans and parses a JSON text. There is a value exactly when nothing was found. */
export function readJson(text: string, limits: DocumentLimits = DOCUMENT_LIMITS): Checked<unknown> {
  const diagnostics = scanJson(text, limits);
  return { value: diagnostics.length > 0 ? undefined : JSON.parse(text), diagnostics };
}

/** Adds to diagnostics of a document the lines of its text where they stand. */
export function withLines<T>({ value, diagnostics }: Checked<T>, text: string): Checked<T> {
  const wanted: Wanted = { inside: new Map() };
  for (const { place } of diagnostics) if (place.at === "document") want(wanted, place.path);
  if (diagnostics.length > 0) new Scanner(text, DOCUMENT_LIMITS, wanted).whole();
  const withLine = (diagnostic: Diagnostic): Diagnostic => {
    const { place } = diagnostic;
    const line = place.at === "document" ? lineOf(wanted, place.path) : undefined;
    return line === undefined || place.at !== "document"
      ? diagnostic
      : { ...diagnostic, place: { ...place, line } };
  };
  return { value, diagnostics: diagnostics.map(withLine) };
}

/** Paths whose lines are asked for, as a tree; the scanner fills the lines in. */
interface Wanted {
  readonly inside: Map<string | number, Wanted>;
  line?: number;
}

function want(root: Wanted, path: readonly (string | number)[]): void {
  let at = root;
  for (const step of path) {
    const below: Wanted = at.inside.get(step) ?? { inside: new Map() };
    at.inside.set(step, below);
    at = below;
  }
}

/** The line of what stands at a path; of what doesn't, such as a missing key, the line of what it is missing from. */
function lineOf(root: Wanted, path: readonly (string | number)[]): number | undefined {
  let at: Wanted | undefined = root;
  let line = root.line;
  for (const step of path) {
    at = at?.inside.get(step);
    line = at?.line ?? line;
  }
  return line;
}

/** A list or object that is open: where in it the scanner is. */
interface Open {
  readonly closes: "]" | "}";
  readonly wanted: Wanted | undefined;
  /** Line of each key so far. */
  readonly keys: Map<string, number>;
  index: number;
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

class Scanner {
  readonly found: Diagnostic[] = [];
  private values = 0;
  private at = 0;
  private line = 1;
  private counted = 0;
  private readonly open: Open[] = [];
  private readonly path: (string | number)[] = [];

  constructor(
    private readonly text: string,
    private readonly limits: DocumentLimits,
    private readonly wanted?: Wanted,
  ) {}

  whole(): void {
    this.space();
    let going = this.value();
    while (going && this.open.length > 0 && this.found.length < MOST_DIAGNOSTICS) going = this.next();
    this.space();
    if (going && this.open.length === 0 && this.at < this.text.length) {
      this.syntax("there is more after the end");
    }
  }

  /** After a value or an opening bracket: a comma and the next entry, or the closing bracket. */
  private next(): boolean {
    const inside = this.open.at(-1);
    if (inside === undefined) return true;
    this.space();
    if (this.text[this.at] === inside.closes) {
      this.at++;
      this.open.pop();
      if (inside.index > 0) this.path.pop();
      this.space();
      return true;
    }
    if (inside.index > 0) {
      this.path.pop();
      if (this.text[this.at] !== ",") return this.syntax(`expected "," or "${inside.closes}"`);
      this.at++;
      this.space();
    }
    if (inside.closes === "}") {
      if (!this.key(inside)) return false;
    } else this.path.push(inside.index);
    inside.index++;
    return this.value();
  }

  private value(): boolean {
    if (++this.values > this.limits.values) {
      this.found.push(documentTooFull({ place: this.place([]), limit: this.limits.values }));
      return false;
    }
    const above = this.open.at(-1);
    const wanted = above === undefined ? this.wanted : above.wanted?.inside.get(this.path.at(-1) ?? "");
    if (wanted !== undefined) wanted.line = this.lineHere();
    const first = this.text[this.at];
    if (first === "{" || first === "[") {
      if (this.open.length >= this.limits.depth) {
        this.found.push(
          documentTooDeep({ place: this.place(this.path.slice(0, 8)), limit: this.limits.depth }),
        );
        return false;
      }
      this.open.push({ closes: first === "{" ? "}" : "]", wanted, keys: new Map(), index: 0 });
      this.at++;
      return true;
    }
    if (first === '"') return this.string() !== undefined;
    if (this.take(WORD) !== undefined) return true;
    const number = this.take(NUMBER);
    if (number === undefined) return this.syntax(this.seen("a value"));
    if (!Number.isFinite(Number(number)))
      this.found.push(numberNotFinite({ place: this.place(), text: number }));
    return true;
  }

  private key(inside: Open): boolean {
    if (this.text[this.at] !== '"') return this.syntax(this.seen("a key in double quotes"));
    const line = this.lineHere();
    const key = this.string();
    if (key === undefined) return false;
    const firstLine = inside.keys.get(key);
    if (FORBIDDEN_KEYS.has(key)) this.found.push(forbiddenKey({ place: this.place(), key }));
    else if (firstLine !== undefined) {
      this.found.push(duplicateKey({ place: this.place([...this.path, key]), key, firstLine }));
    } else inside.keys.set(key, line);
    this.path.push(key);
    this.space();
    if (this.text[this.at] !== ":") return this.syntax('expected ":" after a key');
    this.at++;
    this.space();
    return true;
  }

  /** A string literal's value, or undefined where it is broken. */
  private string(): string | undefined {
    const start = this.at++;
    let escaped = false;
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) break;
      if (Number.isNaN(code) || code < 0x20) return this.broken("the text is never closed", start);
      if (code !== 0x5c) this.at++;
      else if (this.take(ESCAPE) === undefined) return this.broken("no such escape after \\", this.at);
      else escaped = true;
    }
    this.at++;
    const length = this.at - start - 2;
    if (length > this.limits.text) {
      this.found.push(textTooLong({ place: this.place(), length, limit: this.limits.text }));
    }
    if (!escaped) return this.text.slice(start + 1, this.at - 1);
    const value: unknown = JSON.parse(this.text.slice(start, this.at));
    return String(value);
  }

  private broken(problem: string, at: number): undefined {
    this.at = at;
    this.syntax(problem);
    return undefined;
  }

  private space(): void {
    this.take(SPACE);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const word = pattern.exec(this.text)?.[0];
    if (word !== undefined) this.at += word.length;
    return word;
  }

  private seen(expected: string): string {
    const code = this.text.codePointAt(this.at);
    return `expected ${expected}, seen ${code === undefined ? "the end" : quote(String.fromCodePoint(code))}`;
  }

  /** Adds the error; always false: after it nothing more can be read. */
  private syntax(problem: string): false {
    const line = this.lineHere();
    const column = this.at - this.text.lastIndexOf("\n", this.at - 1);
    this.found.push(
      documentNotJson({ place: this.place(), problem: `${problem} in line ${line}, column ${column}.` }),
    );
    return false;
  }

  private place(path: readonly (string | number)[] = this.path) {
    return { at: "document", path: [...path], line: this.lineHere() } as const;
  }

  /** Counts lines on from where it last looked, so that the whole scan stays linear. */
  private lineHere(): number {
    for (; this.counted < this.at; this.counted++) {
      if (this.text.charCodeAt(this.counted) === 0x0a) this.line++;
    }
    return this.line;
  }
}
