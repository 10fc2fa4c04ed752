/** A name that fields and problems can have, from any text: letters, digits, `_`, a letter first. */
export function nameFrom(text: string, fallback: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9_-]+/g, "_")
    .replace(/^[^A-Za-z]+/, "")
    .replace(/_+$/, "")
    .slice(0, 60);
  return plain === "" || plain === "constructor" || plain === "prototype" ? fallback : plain;
}

/** The same for several texts; a name that is taken gets a number. */
export function namesFrom(texts: readonly string[], fallback: string): readonly string[] {
  const taken = new Set<string>();
  return texts.map((text, index) => {
    const base = nameFrom(text, `${fallback}${index + 1}`);
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}_${number}`;
    taken.add(name);
    return name;
  });
}

/** Classes in the order in which a person would list them: numbers by size, words by the alphabet. */
export const sortedClasses = (classes: Iterable<string>): string[] =>
  [...new Set(classes)].sort((a, b) => {
    const [x, y] = [Number(a), Number(b)];
    if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
    return a < b ? -1 : a > b ? 1 : 0;
  });

const SPLIT_WORDS: Readonly<Record<string, "train" | "validation" | "test">> = {
  train: "train",
  training: "train",
  val: "validation",
  valid: "validation",
  validation: "validation",
  dev: "validation",
  test: "test",
  testing: "test",
  t10k: "test",
};

/** The part of the split that a word means, for example `val`. */
export function splitWord(word: string): "train" | "validation" | "test" | undefined {
  const key = word.trim().toLowerCase();
  return Object.hasOwn(SPLIT_WORDS, key) ? SPLIT_WORDS[key] : undefined;
}
