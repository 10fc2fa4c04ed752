import {
  documentTooDeep,
  documentTooFull,
  forbiddenKey,
  numberNotFinite,
  textTooLong,
} from "../diagnostics/catalog/document";
import type { Diagnostic } from "../diagnostics/diagnostic";

/** How large a document may be. Checked before anything else reads it. */
export interface DocumentLimits {
  readonly bytes: number;
  /** Lists and objects inside each other. */
  readonly depth: number;
  /** Values of every kind together. */
  readonly values: number;
  /** Characters of one text or key. */
  readonly text: number;
}

/** The limits of graph documents and of problem.json. */
export const DOCUMENT_LIMITS: DocumentLimits = { bytes: 2 ** 20, depth: 64, values: 50_000, text: 4096 };

/** Keys that mean something to JavaScript itself. */
export const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** After so many diagnostics of one document, more would not help. */
export const MOST_DIAGNOSTICS = 50;

type Path = readonly (string | number)[];

/**
 * Checks a value that came as JSON from elsewhere (an API call, a message) as the scanner checks text: its depth, its
 * keys, the length of its texts. Without recursion, so that no depth can end it.
 */
export function inspectJson(value: unknown, limits: DocumentLimits = DOCUMENT_LIMITS): Diagnostic[] {
  const found: Diagnostic[] = [];
  const open: { readonly value: unknown; readonly path: Path }[] = [{ value, path: [] }];
  let values = 0;
  for (let next = open.pop(); next !== undefined && found.length < MOST_DIAGNOSTICS; next = open.pop()) {
    const { value: at, path } = next;
    const place = { at: "document", path } as const;
    if (++values > limits.values) {
      found.push(documentTooFull({ place: { at: "document", path: [] }, limit: limits.values }));
      break;
    }
    if (typeof at === "string" && at.length > limits.text) {
      found.push(textTooLong({ place, length: at.length, limit: limits.text }));
    }
    if (typeof at === "number" && !Number.isFinite(at))
      found.push(numberNotFinite({ place, text: String(at) }));
    if (at === null || typeof at !== "object") continue;
    if (path.length >= limits.depth) {
      found.push(documentTooDeep({ place: { at: "document", path: path.slice(0, 8) }, limit: limits.depth }));
      break;
    }
    for (const [key, inner] of Array.isArray(at) ? at.entries() : Object.entries(at)) {
      const below = [...path, key];
      if (typeof key === "string" && FORBIDDEN_KEYS.has(key)) {
        found.push(forbiddenKey({ place: { at: "document", path }, key }));
      } else if (typeof key === "string" && key.length > limits.text) {
        found.push(textTooLong({ place, length: key.length, limit: limits.text }));
      } else open.push({ value: inner, path: below });
    }
  }
  return found;
}
