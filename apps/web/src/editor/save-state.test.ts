import type { GraphDocument } from "@seams/core";
import { describe, expect, it } from "vitest";
import { dropDraft, type DraftStorage, keepDraft, readDraft } from "./draft-keeper";
import { nextSaveState, type SaveState } from "./save-state";

const saved: SaveState = { is: "saved", version: 3 };

describe("saving", () => {
  it("goes from saving to saved with the new version", () => {
    const saving = nextSaveState(saved, { type: "started" });
    expect(saving).toEqual({ is: "saving", version: 3 });
    expect(nextSaveState(saving, { type: "stored", version: 4 })).toEqual({ is: "saved", version: 4 });
  });

  it("keeps the version it started from while offline", () => {
    const offline = nextSaveState({ is: "saving", version: 3 }, { type: "unanswered" });
    expect(offline).toEqual({ is: "offline", version: 3 });
    expect(nextSaveState(offline, { type: "stored", version: 4 })).toEqual({ is: "saved", version: 4 });
  });

  it("leaves a conflict only when something was stored", () => {
    const conflict = nextSaveState({ is: "saving", version: 3 }, { type: "outrun", theirs: 5 });
    expect(conflict).toEqual({ is: "conflict", version: 3, theirs: 5 });
    expect(nextSaveState(conflict, { type: "started" })).toBe(conflict);
    expect(nextSaveState(conflict, { type: "stored", version: 5 })).toEqual({ is: "saved", version: 5 });
  });
});

describe("a draft", () => {
  const document: GraphDocument = {
    format: 1,
    title: "Mine",
    problem: "sums",
    stages: { in: { kind: "field", params: { field: "x" } } },
    links: [],
  };
  const storage = (entries = new Map<string, string>()): DraftStorage => ({
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  });

  it("comes back as it was kept, until it is dropped", () => {
    const here = storage();
    keepDraft(here, "p", { document, version: 2 });
    expect(readDraft(here, "p")).toEqual({ document, version: 2 });
    expect(readDraft(here, "q")).toBeUndefined();
    dropDraft(here, "p");
    expect(readDraft(here, "p")).toBeUndefined();
  });

  it("counts as none when it is damaged", () => {
    for (const text of [
      "",
      "{",
      "null",
      '{"version":1}',
      '{"version":"1","document":"{}"}',
      '{"version":1,"document":"{}"}',
    ]) {
      expect(readDraft(storage(new Map([["seams-draft:p", text]])), "p"), text).toBeUndefined();
    }
  });

  it("is given up quietly where the browser keeps nothing", () => {
    const full: DraftStorage = {
      getItem: () => null,
      removeItem: () => undefined,
      setItem: () => {
        throw new DOMException("full");
      },
    };
    expect(() => keepDraft(full, "p", { document, version: 1 })).not.toThrow();
  });
});
