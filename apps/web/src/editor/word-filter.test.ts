import { describe, expect, it } from "vitest";
import { wordFilter } from "./word-filter";

describe("searching stages by words", () => {
  const score = (search: string) =>
    wordFilter("Conv net", search, ["conv-net", "A network that looks at an image"]);

  it("puts names that begin with the search first, then words in them, then descriptions", () => {
    const scores = ["con", "net", "onv", "image looks"].map(score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  it("takes no letters that only lie scattered in a description", () => {
    expect(score("crop")).toBe(0);
    expect(wordFilter("Crop", "crop", [])).toBe(1);
  });

  it("shows everything for an empty search", () => {
    expect(score("  ")).toBe(1);
  });
});
