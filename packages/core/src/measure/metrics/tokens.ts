import { type Column, valuesPerRecord } from "../../data/column";

/** An element without a class: nothing equals it by chance. */
const NOTHING = "\u0000";

/**
 * A record as tokens: the classes of a sequence's elements, or the words of a text, split at spaces. A text whose
 * alphabet has no space is one word.
 */
export function tokensOf({ type, data, present, lengths }: Column, row: number): readonly string[] {
  const values = valuesPerRecord(type);
  const length = Math.max(0, lengths?.[row] ?? values);
  const symbols = Array.from(data.subarray(row * values, row * values + length));
  if (type.is === "text") {
    if (present[row] !== 1) return [];
    const written = symbols.map((symbol) => type.alphabet[symbol] ?? NOTHING).join("");
    return written.split(/\s+/u).filter((word) => word !== "");
  }
  return symbols.map((symbol, k) => (present[row * values + k] === 1 ? String(symbol) : NOTHING));
}
