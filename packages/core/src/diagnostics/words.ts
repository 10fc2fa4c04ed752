const LONGEST_QUOTE = 60;
const LONGEST_LIST = 8;
/** Line breaks, zero-width characters, bidirectional overrides and halves of surrogate pairs: they could disguise a message. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A person's own text inside a message: in quotes, cut to 60 characters, unprintable characters as `·`. */
export function quote(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
  return `"${shown.replace(UNPRINTABLE, "·")}"`;
}

/** Names as `"a", "b" and "c"`; at most eight of them, then how many more. */
export function listNames(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const shown = names.slice(0, LONGEST_LIST).map(quote);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length === 1 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}

/** `1 stage`, `2 stages`; pass the plural where it is not the singular + s. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  // Formatting by locale is slow, and changes nothing below 1,000.
  const written =
    Number.isInteger(count) && count >= 0 && count < 1000 ? count : count.toLocaleString("en-US");
  return `${written} ${count === 1 ? singular : plural}`;
}

/** What a JSON value is, for "expected …, seen …": `text "abc"`, `the number 3`, `a list`, `null`. */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "string") return `the text ${quote(value)}`;
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "boolean") return String(value);
  return typeof value === "object" ? "an object" : typeof value;
}

/** An imperative for a name that may be a slip: the nearest known name, else the known ones. */
export function suggest(near: string | undefined, known: readonly string[]): string | undefined {
  if (near !== undefined) return `Did you mean ${quote(near)}?`;
  return known.length > 0 ? `Use one of ${listNames(known)}.` : undefined;
}
