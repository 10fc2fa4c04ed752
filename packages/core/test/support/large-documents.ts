/**
 * Documents that are too large, too deep or too long to keep as files, by the code that each must give.
 * The limits are those of graph/inspect.ts and compile/1-parse.ts.
 */
export const LARGE_DOCUMENTS: Readonly<Partial<Record<string, () => string>>> = {
  "document-too-large": () => document({ title: "A data set in the wrong place", text: "x".repeat(2 ** 20) }),
  "document-too-full": () => document({ title: "A list of numbers", values: Array(50_001).fill(0) }),
  "document-too-deep": () =>
    document({ title: "Lists in lists" }).replace("[]", `${"[".repeat(100)}${"]".repeat(100)}`),
  "text-too-long": () => document({ title: "T".repeat(5000) }),
  "too-many-stages": () => document({ title: "One stage a record", stages: stages(501) }),
  "too-many-links": () =>
    document({
      title: "Everything to everything",
      stages: stages(2),
      links: Array.from({ length: 2001 }, (_, k) => ({ from: "s1.value", to: `s2.port${k}` })),
    }),
};

const document = (parts: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ format: 1, problem: "road-signs", stages: {}, links: [], ...parts });

const stages = (count: number): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, k) => [`s${k + 1}`, { kind: "field", params: { field: "photo" } }]),
  );
