import { describe, expect, it } from "vitest";
import { diffGraphs, sameGraph } from "./diff";
import type { GraphDocument } from "./document";

const before: GraphDocument = {
  format: 1,
  title: "Before",
  problem: "p",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    net: { kind: "dense-net", params: { hidden: [8], start: { artifact: "a", freeze: 1 } } },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "net.input" },
    { from: "net.output", to: "out.value" },
  ],
  layout: { in: [0, 0], net: [1, 0] },
};

describe("the difference of two versions", () => {
  it("of a version and itself is nothing", () => {
    expect(sameGraph(diffGraphs(before, structuredClone(before)))).toBe(true);
  });

  it("names params by their path, old and new value", () => {
    const stages = {
      ...before.stages,
      net: {
        kind: "dense-net",
        params: { hidden: [8, 8], start: { artifact: "a", freeze: "all" }, each: true },
      },
    };
    expect(diffGraphs(before, { ...before, stages }).changed).toEqual([
      {
        stage: "net",
        changes: [
          { path: ["params", "hidden"], before: [8], after: [8, 8] },
          { path: ["params", "start", "freeze"], before: 1, after: "all" },
          { path: ["params", "each"], before: undefined, after: true },
        ],
      },
    ]);
  });

  it("sees a new name as a new name, not as one stage less and one more", () => {
    const { in: source, ...rest } = before.stages;
    const after = {
      ...before,
      stages: { camera: source as never, ...rest },
      links: before.links.map((link) => ({ ...link, from: link.from.replace("in.", "camera.") })),
      layout: { camera: [0, 0] as [number, number], net: [1, 0] as [number, number] },
    };
    const diff = diffGraphs(before, after);
    expect(diff.renamed).toEqual([{ from: "in", to: "camera" }]);
    expect(sameGraph({ ...diff, renamed: [] })).toBe(true);
  });

  it("lists stages and links that came and went, modes, moves and titles", () => {
    const { out, ...rest } = before.stages;
    const diff = diffGraphs(before, {
      ...before,
      title: "After",
      stages: { ...rest, add: { kind: "formula", params: {} } },
      links: [
        { from: "in.value", to: "net.input", mode: "joint" },
        { from: "net.output", to: "add.a" },
      ],
      layout: { in: [0, 5], net: [1, 0] },
    });
    expect(out?.kind).toBe("answer");
    expect(diff).toEqual({
      title: { path: ["title"], before: "Before", after: "After" },
      added: ["add"],
      removed: ["out"],
      renamed: [],
      changed: [],
      linksAdded: [{ from: "net.output", to: "add.a" }],
      linksRemoved: [{ from: "net.output", to: "out.value" }],
      linksChanged: [
        {
          link: { from: "in.value", to: "net.input", mode: "joint" },
          changes: [{ path: ["mode"], before: undefined, after: "joint" }],
        },
      ],
      moved: ["in"],
    });
  });
});
