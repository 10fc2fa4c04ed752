import { describe, expect, it } from "vitest";
import { diagnosticCatalog } from "../src/diagnostics/catalog";
import { comesFromDocuments, compileSamples, problemSamples, type Sample } from "./support/samples";
import { readGolden } from "./support/golden";

const graphs = compileSamples();
const problems = problemSamples();
const all = [...graphs, ...problems];

const codesOf = ({ diagnostics }: Sample): readonly string[] => diagnostics.map(({ code }) => code);
const showsCode = (code: string, name: string): boolean => name === code || name.startsWith(`${code}-`);

describe.each(all)("the sample $name", ({ folder, files }) => {
  it("gives what is kept beside it (npm run samples:update)", () => {
    expect(readGolden(folder)).toEqual(files);
  });
});

describe("the samples", () => {
  it("show every code that reading and compiling can give", () => {
    for (const { code } of diagnosticCatalog.filter(comesFromDocuments)) {
      const sample = all.find(({ name }) => name === code);
      expect(sample, `a sample of ${code}`).toBeDefined();
      expect(sample === undefined ? [] : codesOf(sample)).toContain(code);
    }
  });

  it("are named after a code that they give, or are good, or make five mistakes", () => {
    const codes = diagnosticCatalog.map(({ code }) => code);
    for (const sample of all) {
      const { name } = sample;
      if (name.startsWith("good-")) expect(codesOf(sample), name).toEqual([]);
      else if (name === "five-mistakes") expect(new Set(codesOf(sample)).size).toBeGreaterThanOrEqual(5);
      else {
        const shown = codes.filter((code) => showsCode(code, name));
        expect(
          shown.some((code) => codesOf(sample).includes(code)),
          name,
        ).toBe(true);
      }
    }
  });

  it("have a plan exactly where nothing is an error", () => {
    for (const { name, diagnostics, files } of graphs) {
      const isFine = diagnostics.every(({ severity }) => severity !== "error");
      expect(files["plan.json"] !== undefined, name).toBe(isFine);
    }
  });

  it("are told what to do at a place that their document has", () => {
    for (const { name, diagnostics } of all) {
      for (const { code, message, fix } of diagnostics) {
        expect(message, `${name}: ${code}`).toMatch(/^["A-Z].*\.$/);
        expect(fix ?? "", `${name}: ${code}`).toMatch(/^[A-Z].*[.?]$/);
        expect(message).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });
});
