/** Generated pages: path below docs/ → text. */
export type Pages = Readonly<Record<string, string>>;

/** Says at a page's top that nobody should write there. */
export const GENERATED = "<!-- Made by `npm run docs` from the code; not to be edited. -->\n\n";

/** A Markdown table; bars within cells are written so that they don't end them. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A block of code. */
export const fenced = (language: string, text: string): string =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;

/** Parts of a page with an empty line between. */
export const page = (...parts: readonly string[]): string =>
  `${GENERATED}${parts.filter((part) => part !== "").join("\n\n")}\n`;

/** A page that is JSON. */
export const jsonPage = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
