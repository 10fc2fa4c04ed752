import type { ProblemCard } from "@seams/api";
import { describe, expect, it } from "vitest";
import { filterCards, originOf } from "./card-filter";

const card = (change: Partial<ProblemCard>): ProblemCard => ({
  id: "digits",
  title: "Digit sums",
  summary: "Two digits, one sum.",
  lessons: ["decomposition"],
  synthetic: false,
  source: "gallery",
  rows: { train: 4000, validation: 0, test: 1000 },
  pipelines: 2,
  input: [{ field: "image", type: "image", words: "image 28×56×1" }],
  target: [{ field: "sum", type: "label", words: "label of 19" }],
  intermediate: [],
  ...change,
});
const all = { lesson: null, origin: null, q: "" };
const cards = [
  card({}),
  card({ id: "anchor", synthetic: true, lessons: ["multi-task"] }),
  card({ id: "mine", source: "imported", lessons: [] }),
];
const ids = (filter: Partial<Parameters<typeof filterCards>[1]>): readonly string[] =>
  filterCards(cards, { ...all, ...filter }).map(({ id }) => id);

describe("the gallery's filters", () => {
  it("let everything pass until something is asked for", () => {
    expect(ids({})).toHaveLength(3);
    expect(ids({ q: "  " })).toHaveLength(3);
  });

  it("ask for what a problem teaches and where its data comes from", () => {
    expect(ids({ lesson: "multi-task" })).toEqual(["anchor"]);
    expect(ids({ origin: "synthetic" })).toEqual(["anchor"]);
    expect(ids({ origin: "real" })).toEqual(["digits"]);
    expect(ids({ origin: "imported" })).toEqual(["mine"]);
  });

  it("find every word somewhere, in any case", () => {
    expect(ids({ q: "SUM image" })).toHaveLength(3);
    expect(ids({ q: "anchor image" })).toEqual(["anchor"]);
    expect(ids({ q: "speech" })).toEqual([]);
  });

  it("don't call imported data real", () => {
    expect(originOf(card({ source: "imported", synthetic: false }))).toBe("imported");
  });
});
