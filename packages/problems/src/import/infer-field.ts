import type { FieldType } from "@seams/core";
import { sortedClasses } from "./names";

/** What a column of a table probably is. */
export type InferredField =
  | { readonly is: "field"; readonly type: FieldType }
  /** Paths of media files. */
  | { readonly is: "files"; readonly medium: "image" | "signal" }
  /** Nothing that could be a field: empty, or a text of its own in every record. */
  | { readonly is: "none" };

const MOST_CLASSES = 1000;
const MOST_LETTERS = 200;
const MOST_TEXT_LENGTH = 256;
/** Fewer distinct words than this are classes even in a small table. */
const FEW = 20;
/** So many distinct whole numbers at most make a last column a label. */
const FEW_NUMBERS = 20;

const IMAGE_FILE = /\.(png|jpe?g)$/i;
const SOUND_FILE = /\.wav$/i;
const LABEL_NAME = /^(y|label|labels|class|target|category|species|diagnosis|outcome|digit)$/i;

/** What is known of a column beside its cells. */
export interface ColumnPlace {
  readonly name: string;
  /** True for the last column, where tables usually have what is to be predicted. */
  readonly isLast: boolean;
}

/** Infers a column's field type from its cells. Missing cells say nothing. */
export function inferField(cells: readonly unknown[], { name, isLast }: ColumnPlace): InferredField {
  const seen = cells.filter((cell) => !isMissing(cell));
  if (seen.length === 0) return { is: "none" };
  if (seen.every(Array.isArray)) return inferList(seen);
  const texts = seen.map((cell) => String(cell).trim());
  if (texts.every((text) => IMAGE_FILE.test(text))) return { is: "files", medium: "image" };
  if (texts.every((text) => SOUND_FILE.test(text))) return { is: "files", medium: "signal" };
  const distinct = new Set(texts);
  if (texts.every((text) => text !== "" && Number.isFinite(Number(text)))) {
    const isWhole = texts.every((text) => Number.isInteger(Number(text)));
    const isFew = distinct.size >= 2 && distinct.size <= FEW_NUMBERS && distinct.size < texts.length;
    const saysLabel = LABEL_NAME.test(name);
    return isWhole && isFew && (isLast || saysLabel) ? label(distinct) : field({ is: "scalar" });
  }
  // A list written as text in a CSV.
  const lists = texts.map(listIn);
  if (lists.every((list) => list !== undefined)) return inferList(lists);
  if (
    distinct.size <= Math.max(FEW, texts.length / 2) &&
    distinct.size <= MOST_CLASSES &&
    (distinct.size < texts.length || (distinct.size <= FEW && isLast))
  )
    return label(distinct);
  return inferText(texts);
}

const field = (type: FieldType): InferredField => ({ is: "field", type });
const label = (classes: Iterable<string>): InferredField =>
  field({ is: "label", classes: sortedClasses(classes) });

function isMissing(cell: unknown): boolean {
  if (cell === undefined || cell === null) return true;
  return typeof cell === "string" ? /^\s*(nan)?\s*$/i.test(cell) : Number.isNaN(cell);
}

/** The list that a text is, in JSON's form. */
function listIn(text: string): readonly unknown[] | undefined {
  if (!text.startsWith("[")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function inferList(lists: readonly (readonly unknown[])[]): InferredField {
  const elements = lists.flat();
  const lengths = new Set(lists.map((list) => list.length));
  const maxLength = Math.max(1, ...lengths);
  if (elements.length === 0) return { is: "none" };
  const areNumbers = elements.every((element) => element === null || typeof element === "number");
  if (areNumbers && lengths.size === 1) return field({ is: "vector", size: maxLength });
  if (areNumbers) return field({ is: "sequence", of: { is: "scalar" }, maxLength });
  const words = elements.filter((element) => typeof element === "string");
  if (words.length !== elements.length || new Set(words).size > MOST_CLASSES) return { is: "none" };
  return field({ is: "sequence", of: { is: "label", classes: sortedClasses(words) }, maxLength });
}

function inferText(texts: readonly string[]): InferredField {
  const letters = new Set<string>();
  let maxLength = 1;
  for (const text of texts) {
    const written = Array.from(text);
    maxLength = Math.max(maxLength, written.length);
    for (const letter of written) letters.add(letter);
  }
  if (letters.size > MOST_LETTERS || maxLength > MOST_TEXT_LENGTH) return { is: "none" };
  return field({ is: "text", alphabet: [...letters].sort(), maxLength });
}
