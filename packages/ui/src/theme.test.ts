import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./theme.css", import.meta.url), "utf8");

/** Tokens of one theme, as written in theme.css. */
function tokens(theme: "light" | "dark"): Record<string, string> {
  const start = css.indexOf(`[data-theme="${theme}"] {`);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const grounds = ["paper", "surface", "raised", "sunken"];
const texts = ["ink", "quiet", "accent", "accent-strong", "danger", "warning", "good"];

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  const token = tokens(theme);
  const ratio = (a: string, b: string): number => contrast(token[a]!, token[b]!);

  it("shows every text colour on every ground at 4.5:1 or more", () => {
    for (const text of texts)
      for (const ground of grounds)
        expect(ratio(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it("shows text on filled and tinted grounds at 4.5:1 or more", () => {
    expect(ratio("on-accent", "accent")).toBeGreaterThanOrEqual(4.5);
    for (const tone of ["accent", "danger", "warning", "good"]) {
      expect(ratio(tone, `${tone}-soft`), tone).toBeGreaterThanOrEqual(4.5);
      expect(ratio("ink", `${tone}-soft`), `ink on ${tone}-soft`).toBeGreaterThanOrEqual(4.5);
      expect(ratio("quiet", `${tone}-soft`), `quiet on ${tone}-soft`).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("shows edges of controls and the types' shapes at 3:1 or more", () => {
    const shapes = Object.keys(token).filter((name) => name.startsWith("type-"));
    expect(shapes).toHaveLength(8);
    for (const mark of [...shapes, "edge"])
      for (const ground of grounds)
        expect(ratio(mark, ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});

describe("the theme", () => {
  it("has the same tokens in light and dark", () => {
    expect(Object.keys(tokens("dark"))).toEqual(Object.keys(tokens("light")));
  });
});
