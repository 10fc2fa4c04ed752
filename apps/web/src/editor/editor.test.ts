import type { GraphDocument } from "@seams/core";
import { describe, expect, it } from "vitest";
import {
  addStage,
  connect,
  disconnect,
  fragment,
  freeName,
  moveStages,
  paste,
  removeStages,
  renameStage,
  setMode,
  setParams,
  setStageTitle,
  setTitle,
} from "./commands";
import { createEditor } from "./store";

const chain: GraphDocument = {
  format: 1,
  title: "Read, then add",
  problem: "sums",
  stages: {
    in: { kind: "field", params: { field: "x" } },
    read: { kind: "dense-net", params: {} },
    out: { kind: "answer", params: { field: "y" } },
  },
  links: [
    { from: "in.value", to: "read.input" },
    { from: "read.output", to: "out.value" },
  ],
  layout: { in: [0, 0], read: [240, 0], out: [480, 0] },
};

/** An editor with a clock that a test moves. */
function canvas(document = chain) {
  let time = 0;
  const editor = createEditor(document, () => time);
  return { ...editor, document: () => editor.store.getState().document, wait: (ms: number) => (time += ms) };
}

describe("commands", () => {
  it("give stages names that are free and well formed", () => {
    expect(freeName(chain.stages, "read")).toBe("read-2");
    expect(freeName(chain.stages, "my stage!")).toBe("my-stage-");
    expect(freeName(chain.stages, "9lives")).toBe("stage-9lives");
    expect(freeName({}, "constructor")).toBe("stage-constructor");
  });

  it("leave one link per input", () => {
    const more = addStage(chain, { name: "other", kind: "dense-net", params: {}, at: [0, 0] });
    const wired = connect(more, { from: "other.output", to: "out.value" });
    expect(wired.links.filter(({ to }) => to === "out.value")).toEqual([
      { from: "other.output", to: "out.value" },
    ]);
    expect(connect(wired, { from: "other.output", to: "out.value" })).toBe(wired);
  });

  it("take the links and places of a removed stage with it", () => {
    const next = removeStages(chain, ["read"]);
    expect(Object.keys(next.stages)).toEqual(["in", "out"]);
    expect(next.links).toEqual([]);
    expect(next.layout).toEqual({ in: [0, 0], out: [480, 0] });
    expect(removeStages(chain, ["nobody"])).toBe(chain);
  });

  it("rename a stage everywhere, and refuse a taken name", () => {
    const next = renameStage(chain, "read", "see");
    expect(Object.keys(next.stages)).toEqual(["in", "see", "out"]);
    expect(next.links).toEqual([
      { from: "in.value", to: "see.input" },
      { from: "see.output", to: "out.value" },
    ]);
    expect(next.layout?.["see"]).toEqual([240, 0]);
    expect(renameStage(chain, "read", "out")).toBe(chain);
  });

  it("set and unset modes, titles and params", () => {
    const ends = { from: "in.value", to: "read.input" };
    const joint = setMode(chain, ends, "joint");
    expect(joint.links[0]).toEqual({ ...ends, mode: "joint" });
    expect(setMode(joint, ends, undefined).links[0]).toEqual(ends);
    expect(setStageTitle(chain, "read", "Reader").stages["read"]?.title).toBe("Reader");
    expect(setStageTitle(setStageTitle(chain, "read", "Reader"), "read", "").stages["read"]).toEqual(
      chain.stages["read"],
    );
    expect(setParams(chain, "read", { hidden: [8] }).stages["read"]?.params).toEqual({ hidden: [8] });
    expect(setTitle(chain, chain.title)).toBe(chain);
  });

  it("paste stages with the links among them, and with those from outside where asked", () => {
    const part = fragment(chain, ["read", "out"]);
    const dropped = paste(chain, part, "drop");
    expect(dropped.pasted).toEqual(["read-2", "out-2"]);
    expect(dropped.document.links.slice(2)).toEqual([{ from: "read-2.output", to: "out-2.value" }]);
    const kept = paste(chain, part, "keep");
    expect(kept.document.links).toContainEqual({ from: "in.value", to: "read-2.input" });
    expect(kept.document.layout?.["read-2"]).toEqual([280, 40]);
  });

  it("leave links out whose other end is not there", () => {
    const elsewhere: GraphDocument = { ...chain, stages: {}, links: [], layout: {} };
    expect(paste(elsewhere, fragment(chain, ["read"]), "keep").document.links).toEqual([]);
  });
});

describe("an editor", () => {
  it("takes back at least 100 steps, and takes them again", () => {
    const editor = canvas();
    for (let x = 1; x <= 150; x++) editor.edit((document) => moveStages(document, { in: [x, 0] }));
    for (let step = 0; step < 150; step++) expect(editor.undo()).toBe(true);
    expect(editor.document()).toEqual(chain);
    expect(editor.undo()).toBe(false);
    for (let step = 0; step < 150; step++) expect(editor.redo()).toBe(true);
    expect(editor.document().layout?.["in"]).toEqual([150, 0]);
  });

  it("takes a typed word back at once, and two words one by one", () => {
    const editor = canvas();
    const type = (title: string): void => editor.edit((document) => setTitle(document, title), "title");
    for (const text of ["S", "Se", "See"]) type(text);
    editor.wait(2_000);
    type("See it");
    editor.undo();
    expect(editor.document().title).toBe("See");
    editor.undo();
    expect(editor.document().title).toBe(chain.title);
  });

  it("forgets no step when params of two stages change in turn", () => {
    const editor = canvas();
    editor.edit((document) => setParams(document, "read", { a: 1 }), "read.a");
    editor.edit((document) => setParams(document, "in", { a: 1 }), "in.a");
    editor.undo();
    expect(editor.document().stages["read"]?.params).toEqual({ a: 1 });
    expect(editor.document().stages["in"]?.params).toEqual({ field: "x" });
  });

  it("remembers no step where nothing changed", () => {
    const editor = canvas();
    editor.edit((document) => disconnect(document, [{ from: "a.b", to: "c.d" }]));
    expect(editor.undo()).toBe(false);
  });

  it("keeps selection and keyboard place on stages that exist", () => {
    const editor = canvas();
    editor.select({ stages: ["read"], links: [] });
    expect(editor.store.getState().active).toBe("read");
    editor.edit((document) => removeStages(document, ["read"]));
    expect(editor.store.getState().selection.stages).toEqual([]);
    expect(editor.store.getState().active).toBe("in");
    editor.undo();
    expect(Object.keys(editor.document().stages)).toContain("read");
  });

  it("starts anew with another document", () => {
    const editor = canvas();
    editor.edit((document) => removeStages(document, ["out"]));
    editor.replace({ ...chain, title: "Theirs" });
    expect(editor.undo()).toBe(false);
    expect(editor.document().title).toBe("Theirs");
  });
});
