import { describe, expect, it } from "vitest";
import type { GraphDocument } from "../../graph/document";
import { withTruthFrom } from "./retrain";

const document: GraphDocument = {
  format: 1,
  title: "P",
  problem: "p",
  stages: {},
  links: [
    { from: "in.value", to: "a.input" },
    { from: "a.output", to: "sum.x" },
    { from: "sum.output", to: "b.input", mode: "joint" },
    { from: "b.output", to: "c.input", mode: "predicted" },
  ],
};

describe("withTruthFrom", () => {
  it("feeds what follows a stage with its truth, through algorithms and not beyond the next learned stage", () => {
    const learned = new Set(["a", "b", "c"]);
    const modes = (stage: string) => withTruthFrom(document, stage, learned).links.map(({ mode }) => mode);
    expect(modes("a")).toEqual([undefined, undefined, "label", "predicted"]);
    expect(modes("b")).toEqual([undefined, undefined, "joint", "label"]);
    expect(modes("c")).toEqual([undefined, undefined, "joint", "predicted"]);
  });
});
