/** A pattern for names of files, cut into what stands between and what is to be found. */
export interface NamePattern {
  readonly text: string;
  /** `literal` stands as it is; `part` is what the name says at this place. */
  readonly pieces: readonly { readonly is: "literal" | "part"; readonly text: string }[];
}

/** Reads a pattern such as `{label}_{group}_{n}.wav`. Undefined where two parts touch or nothing is to be found. */
export function parsePattern(text: string): NamePattern | undefined {
  const pieces: NamePattern["pieces"][number][] = [];
  for (const piece of text.split(/(\{[A-Za-z][A-Za-z0-9_-]{0,40}\})/)) {
    if (piece === "") continue;
    const isPart = piece.startsWith("{") && piece.endsWith("}") && piece.length > 2;
    if (isPart && pieces.at(-1)?.is === "part") return undefined;
    pieces.push(isPart ? { is: "part", text: piece.slice(1, -1) } : { is: "literal", text: piece });
  }
  return pieces.some(({ is }) => is === "part") ? { text, pieces } : undefined;
}

/**
 * What a path says by a pattern: part → text. The pattern is held against as many last steps of the path as it has; an
 * ending that it doesn't state is left out. A part reaches to the next literal, the last one to the end.
 */
export function matchName(
  { text, pieces }: NamePattern,
  path: string,
): Readonly<Record<string, string>> | undefined {
  const steps = path.split("/").slice(-text.split("/").length).join("/");
  const name = /\.[A-Za-z0-9]+$/.test(text) ? steps : steps.replace(/\.[A-Za-z0-9]+$/, "");
  const parts: [string, string][] = [];
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.is === "literal") {
      if (!name.startsWith(piece.text, at)) return undefined;
      at += piece.text.length;
      continue;
    }
    const next = pieces[index + 1];
    const isLast = index + 2 === pieces.length;
    // The last literal is the name's end; those before end at their first place.
    const end =
      next === undefined
        ? name.length
        : isLast
          ? name.lastIndexOf(next.text)
          : name.indexOf(next.text, at + 1);
    if (end <= at) return undefined;
    parts.push([piece.text, name.slice(at, end)]);
    at = end;
  }
  return at === name.length ? Object.fromEntries(parts) : undefined;
}

/** A pattern that all of these names fit by themselves: three or two words between `_` or `-`, the last one a number. */
export function guessPattern(paths: readonly string[]): NamePattern | undefined {
  for (const mark of ["_", "-"]) {
    const words = paths.map((path) =>
      (path.split("/").at(-1) ?? "").replace(/\.[A-Za-z0-9]+$/, "").split(mark),
    );
    const count = words[0]?.length ?? 0;
    if (
      !words.every(
        (name) =>
          name.length === count && name.every((word) => word !== "") && /^\d+$/.test(name.at(-1) ?? ""),
      )
    )
      continue;
    if (count === 3) return parsePattern(`{label}${mark}{group}${mark}{n}`);
    if (count === 2) return parsePattern(`{label}${mark}{n}`);
  }
  return undefined;
}
