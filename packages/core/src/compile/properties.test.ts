import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kitchenSink } from "../../test/support/problems";
import { brokenGraph, STAGE_NAME, validGraph } from "../../test/support/random-graph";
import { diagnosticCatalog } from "../diagnostics/catalog";
import type { Place } from "../diagnostics/diagnostic";
import { graphHash } from "../graph/canonical";
import type { GraphDocument } from "../graph/document";
import { checkGraphDocument } from "../graph/read";
import { compile } from "./compile";
import { printPlan } from "./print-plan";
import { verifyPlan } from "./verify";

const look = (document: GraphDocument) => compile(document, { problem: kitchenSink });
const runs = { seed: 4, numRuns: 100 } as const;

/** Every stage under another name, in the same order. */
const renamed = (text: string): string => text.replaceAll(STAGE_NAME, (_, number) => `re${number}-named`);

// Machines that many share are slow: the limits are wide.
describe("a random pipeline", { timeout: 30_000 }, () => {
  it("compiles without an error, to a plan that keeps its promises", () => {
    fc.assert(
      fc.property(validGraph, (document) => {
        const { plan, diagnostics } = look(document);
        expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(plan === undefined ? ["no plan"] : verifyPlan(plan)).toEqual([]);
      }),
      runs,
    );
  });

  it("is put in an order in which every stage comes after those that feed it", () => {
    fc.assert(
      fc.property(validGraph, (document) => {
        const { typed } = look(document);
        const place = new Map(typed?.order.map((id, index) => [String(id), index]));
        expect(place.size).toBe(Object.keys(document.stages).length);
        for (const { from, to } of document.links) {
          const [before = "", after = ""] = [from, to].map((end) => end.slice(0, end.indexOf(".")));
          expect(place.get(before)).toBeLessThan(place.get(after) ?? -1);
        }
      }),
      runs,
    );
  });

  it("trains each stage at most once, and each that an answer needs", () => {
    fc.assert(
      fc.property(validGraph, (document) => {
        const { plan, typed, diagnostics } = look(document);
        const trained = plan?.phases.flatMap((phase) => (phase.do === "train" ? phase.train : [])) ?? [];
        expect(new Set(trained).size).toBe(trained.length);
        const unused = diagnostics.flatMap(({ code, place }) =>
          code === "unused-stage" && place.at === "stage" ? [place.stage] : [],
        );
        const needed = [...(typed?.learned.keys() ?? [])].filter((id) => !unused.includes(id));
        expect([...trained].sort()).toEqual(needed.sort());
      }),
      runs,
    );
  });

  it("compiles to the same plan every time, leaves the document as it was, and prints", () => {
    fc.assert(
      fc.property(validGraph, (document) => {
        const before = JSON.stringify(document);
        const [one, two] = [look(document), look(document)];
        expect(JSON.stringify(one.plan)).toBe(JSON.stringify(two.plan));
        expect(JSON.stringify(document)).toBe(before);
        expect(one.plan === undefined ? "" : printPlan(one.plan)).not.toMatch(/undefined|NaN|\[object/);
      }),
      runs,
    );
  });

  it("keeps its hash and plan under other names and another layout, names apart", () => {
    fc.assert(
      fc.property(validGraph, fc.integer(), (document, shift) => {
        const other: GraphDocument = {
          ...JSON.parse(renamed(JSON.stringify(document))),
          title: document.title,
          layout: { [renamed("st1")]: [shift, 0] },
        };
        expect(graphHash(other)).toBe(graphHash(document));
        const [plan, otherPlan] = [look(document).plan, look(other).plan];
        // The signatures are in it: names are no part of what is trained.
        expect(JSON.stringify(otherPlan)).toBe(renamed(JSON.stringify(plan)));
      }),
      runs,
    );
  });

  it("keeps its hash and what it trains when stages and links are written in another order", () => {
    fc.assert(
      fc.property(validGraph, (document) => {
        const other: GraphDocument = {
          ...document,
          stages: Object.fromEntries(Object.entries(document.stages).reverse()),
          links: document.links.toReversed(),
        };
        expect(graphHash(other)).toBe(graphHash(document));
        const trained = ({ plan }: ReturnType<typeof look>) =>
          plan?.phases.map((phase) => (phase.do === "train" ? [...phase.train].sort().join() : "")).sort();
        expect(trained(look(other))).toEqual(trained(look(document)));
      }),
      runs,
    );
  });

  it("is read again from its own text", () => {
    fc.assert(
      fc.property(validGraph, (document) => {
        expect(checkGraphDocument(JSON.parse(JSON.stringify(document))).value).toEqual(document);
      }),
      runs,
    );
  });
});

describe("a broken pipeline", () => {
  const codes = new Set(diagnosticCatalog.map(({ code }) => code));

  it("has a plan exactly where nothing is an error, and says of everything where it is and what to do", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(brokenGraph, (document) => {
        const { plan, diagnostics } = look(document);
        expect(plan !== undefined).toBe(diagnostics.every(({ severity }) => severity !== "error"));
        if (plan !== undefined) expect(verifyPlan(plan)).toEqual([]);
        for (const { code, message, fix, place } of diagnostics) {
          seen.add(code);
          expect(codes).toContain(code);
          expect(message).toMatch(/^["A-Z].*\.$/);
          expect(fix).toMatch(/[.?]$/);
          expect(isIn(document, place), `${code} at ${JSON.stringify(place)}`).toBe(true);
        }
      }),
      { ...runs, numRuns: 500 },
    );
    expect(seen.size).toBeGreaterThanOrEqual(15);
  }, 30_000);
});

/** Whether a document has what a place names. */
function isIn({ stages, links }: GraphDocument, place: Place): boolean {
  if (place.at === "graph") return true;
  if (place.at === "link") {
    const link = links[place.index];
    return link?.from === place.from && link.to === place.to;
  }
  return "stage" in place && Object.hasOwn(stages, place.stage);
}
