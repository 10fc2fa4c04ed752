/**
 * How well a search fits a choice, 0 (hidden) to 1: names that begin with it first, then names with a word that does,
 * then names that have it anywhere, then those that have all of its words in name and descriptions. Letters that only lie scattered in a
 * description, which a fuzzy search would take, are no match.
 */
export function wordFilter(name: string, search: string, descriptions: readonly string[] = []): number {
  const sought = search.trim().toLowerCase();
  const title = name.toLowerCase();
  if (sought === "" || title.startsWith(sought)) return 1;
  if (title.split(/[\s-]+/).some((word) => word.startsWith(sought))) return 0.8;
  if (title.includes(sought)) return 0.6;
  const text = [title, ...descriptions].join(" ").toLowerCase();
  return sought.split(/\s+/).every((word) => text.includes(word)) ? 0.3 : 0;
}
