import type { ProblemCard } from "@seams/api";
import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const LESSONS = ["decomposition", "multi-task", "transfer"] as const;
export const ORIGINS = ["real", "synthetic", "imported"] as const;

/** What the gallery keeps in the URL. */
export const galleryParsers = {
  lesson: parseAsStringLiteral(LESSONS),
  origin: parseAsStringLiteral(ORIGINS),
  /** A word that title, summary or fields contain. */
  q: parseAsString.withDefault(""),
};

/** The gallery's filters as the URL has them. */
export interface GalleryFilter {
  readonly lesson: (typeof LESSONS)[number] | null;
  readonly origin: (typeof ORIGINS)[number] | null;
  readonly q: string;
}

/** Where a problem's data comes from, in a word. Nobody says of imported data whether it is real. */
export const originOf = ({ source, synthetic }: ProblemCard): (typeof ORIGINS)[number] =>
  source === "imported" ? "imported" : synthetic ? "synthetic" : "real";

/** The cards that pass. */
export function filterCards(
  cards: readonly ProblemCard[],
  { lesson, origin, q }: GalleryFilter,
): readonly ProblemCard[] {
  const words = q.trim().toLowerCase().split(/\s+/);
  return cards.filter((card) => {
    if (lesson !== null && !card.lessons.includes(lesson)) return false;
    if (origin !== null && originOf(card) !== origin) return false;
    const text = searchedText(card);
    return words.every((word) => text.includes(word));
  });
}

function searchedText({ id, title, summary, input, target, intermediate, lessons }: ProblemCard): string {
  const fields = [...input, ...target, ...intermediate].map(({ field, words }) => `${field} ${words}`);
  return [id, title, summary, ...fields, ...lessons].join(" ").toLowerCase();
}
