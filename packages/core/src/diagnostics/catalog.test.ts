import { describe, expect, it } from "vitest";
import { diagnose, diagnosticCatalog } from "./catalog";
import { nearest } from "./nearest";
import { countOf, describeValue, listNames, quote } from "./words";

describe("the catalogue of diagnostics", () => {
  it("documents every code once, in kebab-case", () => {
    const codes = diagnosticCatalog.map((entry) => entry.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(codes.length).toBeGreaterThanOrEqual(45);
  });

  it("says title, cause and remedy in whole sentences", () => {
    for (const entry of diagnosticCatalog) {
      expect(entry.title, entry.code).toMatch(/^[A-Z].*[^.]$/);
      expect(entry.cause, entry.code).toMatch(/^[A-Z].*\.$/);
      expect(entry.remedy, entry.code).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("puts the facts of a case into its message and fix", () => {
    const place = { at: "graph" } as const;
    const found = diagnose.graph.unknownKind({
      place,
      kind: "dens-net",
      near: "dense-net",
      known: ["dense-net"],
    });
    expect(found).toEqual({
      code: "unknown-kind",
      severity: "error",
      message: 'There is no stage kind "dens-net".',
      fix: 'Did you mean "dense-net"?',
      place,
    });
  });

  it("falls back to the remedy where a case has no fix of its own", () => {
    expect(diagnose.graph.emptyGraph({ place: { at: "graph" } }).fix).toBe(diagnose.graph.emptyGraph.remedy);
  });
});

describe("the nearest name", () => {
  it("finds a slip of the keyboard", () => {
    expect(nearest("hiden", ["hidden", "label"])).toBe("hidden");
    expect(nearest("lable", ["hidden", "label"])).toBe("label");
    expect(nearest("Dense-Net", ["dense-net"])).toBe("dense-net");
  });
  it("says nothing rather than something far", () => {
    expect(nearest("optimiser", ["hidden", "label"])).toBeUndefined();
    expect(nearest("x".repeat(100_000), ["hidden"])).toBeUndefined();
  });
});

describe("words in messages", () => {
  it("cut long text and show unprintable characters", () => {
    expect(quote("a\u202eb\nc")).toBe('"a·b·c"');
    expect(quote("x".repeat(100))).toHaveLength(62);
    expect(quote("x".repeat(58) + "😀😀")).not.toMatch(/\p{Cs}/u);
  });
  it("list, count and describe", () => {
    expect(listNames([])).toBe("nothing");
    expect(listNames(["a", "b", "c"])).toBe('"a", "b" and "c"');
    expect(listNames("abcdefghij".split(""))).toContain("and 2 more");
    expect(countOf(1, "stage")).toBe("1 stage");
    expect(countOf(1000, "byte")).toBe("1,000 bytes");
    expect(describeValue([])).toBe("an empty list");
    expect(describeValue(null)).toBe("null");
  });
});
