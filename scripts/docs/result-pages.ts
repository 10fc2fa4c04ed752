import { readDeclarations } from "./declarations";
import { fenced, jsonPage, page, type Pages } from "./pages";

const RESULTS = [
  {
    type: "Comparison",
    file: "packages/core/src/measure/comparison.ts",
    schema: "comparison",
    title: "seams compare --json",
    words:
      "What `seams compare --json`, the comparison page and the API give. Every mean counts its seeds in `n`; `low` and `high` are ends of 95 % intervals and are absent under 3 seeds; differences are a − b in the metric’s own unit.",
  },
  {
    type: "LabResult",
    file: "packages/core/src/labs/result.ts",
    schema: "lab",
    title: "seams lab --json",
    words:
      "What `seams lab transfer --json`, `seams lab multi-task --json`, the lab’s page and the API give. A cell is what one variant gains over its baseline, paired by seed; gains are above 0 where the variant is better, whichever way the metric points.",
  },
  {
    type: "TrainResult",
    file: "apps/cli/src/train-result.ts",
    schema: "trial",
    title: "seams train --json",
    words: "One pipeline, one budget, one seed.",
  },
] as const;

/** What other programs read: the results, as the types that they are made with, and as JSON schemas. */
export function resultPages(): Pages {
  const types = readDeclarations(RESULTS.map(({ file }) => file));
  const told = new Set<string>();
  const sections = RESULTS.flatMap(({ type, schema, title, words }) => {
    const fresh = types.text(type).filter((text) => !told.has(text));
    for (const text of fresh) told.add(text);
    return [
      `## ${title}`,
      `${words} JSON Schema: [${schema}.json](../schemas/${schema}.json).`,
      fenced("ts", fresh.join("\n\n")),
    ];
  });
  return {
    "reference/results.md": page(
      "# Results",
      "Results are JSON, format 1. These are the types that the program makes them with; a type that was told above is not told again.",
      ...sections,
    ),
    ...Object.fromEntries(
      RESULTS.map(({ type, schema }) => [`schemas/${schema}.json`, jsonPage(types.schema(type))]),
    ),
  };
}
