import { describe, expect, it } from "vitest";
import { type ExplorerState, filteredBy, pageCount, recordQuery } from "./explorer-url";

const plain: ExplorerState = { page: 1, split: null, missing: null, field: null, value: null, record: null };

describe("the data explorer's URL", () => {
  it("asks for everything, a page at a time", () => {
    expect(recordQuery("p", plain)).toEqual({ id: "p", offset: 0, limit: 60 });
    expect(recordQuery("p", { ...plain, page: 3 }).offset).toBe(120);
  });

  it("asks from the first record on where the page is nonsense", () => {
    expect(recordQuery("p", { ...plain, page: -4 }).offset).toBe(0);
  });

  it("asks for a label only with its field", () => {
    expect(recordQuery("p", { ...plain, field: "y", value: "7" }).label).toEqual({ field: "y", value: "7" });
    expect(recordQuery("p", { ...plain, value: "7" })).not.toHaveProperty("label");
  });

  it("begins anew at the first page when a filter changes", () => {
    expect(filteredBy({ split: "test" })).toEqual({ split: "test", page: 1, record: null });
  });

  it("has one page of nothing", () => {
    expect([0, 1, 60, 61].map(pageCount)).toEqual([1, 1, 1, 2]);
  });
});
