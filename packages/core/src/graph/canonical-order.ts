import type { GraphDocument } from "./document";

/** Ties that are broken one by one, each with a new refinement. Beyond, all at once: only huge symmetric graphs. */
const MOST_TIES = 64;

/** A stage's neighbour through a link. `way` says which ports and mode the link has, seen from the stage. */
interface Neighbour {
  readonly stage: string;
  readonly way: string;
}

/**
 * The stages in an order that doesn't depend on their names: by kind, params and place in the graph.
 *
 * Colour refinement (Weisfeiler & Leman 1968): stages start with the colour of their kind and params, and are told
 * apart by the colours around them until nothing changes. Twins that remain are told apart by document order, one
 * after the other: for interchangeable twins any choice gives the same graph.
 *
 * @param contentOf kind and params of the stage of a name, as a canonical text
 */
export function canonicalOrder(
  document: GraphDocument,
  contentOf: (name: string) => string,
): readonly string[] {
  const names = Object.keys(document.stages);
  const around = neighbours(document, names);
  const depth = depths(document, names);
  let colours = refine(
    ranks(names, (name) => `${pad(depth.get(name) ?? -1)}${contentOf(name)}`),
    around,
  );
  for (let tie = 0; tie < MOST_TIES && countColours(colours) < names.length; tie++) {
    const twin = firstTwin(names, colours);
    if (twin === undefined) break;
    const apart = (name: string): number => 2 * (colours.get(name) ?? 0) + (name === twin ? 0 : 1);
    colours = refine(
      ranks(names, (name) => pad(apart(name))),
      around,
    );
  }
  // The sort is stable: whatever is still tied stays in document order.
  return names.sort((a, b) => (colours.get(a) ?? 0) - (colours.get(b) ?? 0));
}

type Colours = ReadonlyMap<string, number>;

function neighbours(
  document: GraphDocument,
  names: readonly string[],
): ReadonlyMap<string, readonly Neighbour[]> {
  const around = new Map<string, Neighbour[]>(names.map((name) => [name, []]));
  for (const { from, to, mode } of document.links) {
    const [source = "", output = ""] = from.split(".");
    const [target = "", input = ""] = to.split(".");
    const ports = `${output}>${input}:${mode ?? ""}`;
    around.get(source)?.push({ stage: target, way: `to ${ports}` });
    around.get(target)?.push({ stage: source, way: `from ${ports}` });
  }
  return around;
}

/**
 * Longest way from a source to each stage; absent behind a circle. It tells the stages of a long chain apart at once,
 * which refinement alone would do one by one.
 */
function depths(document: GraphDocument, names: readonly string[]): ReadonlyMap<string, number> {
  const after = new Map<string, string[]>(names.map((name) => [name, []]));
  const waiting = new Map<string, number>(names.map((name) => [name, 0]));
  for (const { from, to } of document.links) {
    const [source = ""] = from.split(".");
    const [target = ""] = to.split(".");
    if (!after.has(target)) continue;
    after.get(source)?.push(target);
    if (after.has(source)) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  }
  const depth = new Map<string, number>();
  let layer = names.filter((name) => waiting.get(name) === 0);
  for (let at = 0; layer.length > 0; at++) {
    const next: string[] = [];
    for (const name of layer) {
      depth.set(name, at);
      for (const target of after.get(name) ?? []) {
        const left = (waiting.get(target) ?? 0) - 1;
        waiting.set(target, left);
        if (left === 0) next.push(target);
      }
    }
    layer = next;
  }
  return depth;
}

/** Splits colours by the colours around until their number no longer grows. */
function refine(start: Colours, around: ReadonlyMap<string, readonly Neighbour[]>): Colours {
  const names = [...start.keys()];
  let colours = start;
  // Where all are told apart, as in a chain, there is nothing left to tell.
  while (countColours(colours) < names.length) {
    const signature = (name: string): string => {
      const seen = (around.get(name) ?? []).map(
        ({ stage, way }) => `${way} ${pad(colours.get(stage) ?? -1)}`,
      );
      return `${pad(colours.get(name) ?? 0)}|${seen.sort().join("|")}`;
    };
    const finer = ranks(names, signature);
    if (countColours(finer) === countColours(colours)) break;
    colours = finer;
  }
  return colours;
}

/** Numbers 0, 1, … in the order of the texts, equal for equal texts. */
function ranks(names: readonly string[], textOf: (name: string) => string): Colours {
  const texts = new Map(names.map((name) => [name, textOf(name)]));
  const order = new Map([...new Set(texts.values())].sort().map((text, rank) => [text, rank]));
  return new Map(names.map((name) => [name, order.get(texts.get(name) ?? "") ?? 0]));
}

const countColours = (colours: Colours): number => new Set(colours.values()).size;

/** The first stage in document order of the lowest colour that several have. */
function firstTwin(names: readonly string[], colours: Colours): string | undefined {
  const count = new Map<number, number>();
  for (const colour of colours.values()) count.set(colour, (count.get(colour) ?? 0) + 1);
  const shared = [...count].filter(([, stages]) => stages > 1).map(([colour]) => colour);
  const lowest = Math.min(...shared);
  return names.find((name) => colours.get(name) === lowest);
}

/** Numbers as texts that sort as the numbers do. */
const pad = (rank: number): string => String(rank + 1).padStart(6, "0");
