import type { GraphDocument, StageDocument } from "../graph/document";

type Params = StageDocument["params"];

/** A document with another title, cut to what titles may have. */
export const titled = (document: GraphDocument, title: string): GraphDocument => ({
  ...document,
  title: title.slice(0, 80),
});

/** A document with one stage's params changed. @throws Error for a stage that it doesn't have */
export function withParams(
  document: GraphDocument,
  stage: string,
  change: (params: Params) => Params,
): GraphDocument {
  const found = document.stages[stage];
  if (found === undefined) throw new Error(`labs: the document has no stage ${stage}`);
  return {
    ...document,
    stages: { ...document.stages, [stage]: { ...found, params: change(found.params) } },
  };
}

/** Where a stage starts; absent: from nothing, whatever it said before. */
export function withStart(
  document: GraphDocument,
  stage: string,
  start: { readonly artifact?: string; readonly freeze: number } | undefined,
): GraphDocument {
  return withParams(document, stage, ({ start: _, ...params }) =>
    start === undefined ? params : { ...params, start },
  );
}

/** The document whose stage starts from a trained artifact, in place of its donor's id. */
export const startingFrom = (document: GraphDocument, stage: string, artifact: string): GraphDocument =>
  withParams(document, stage, (params) => ({ ...params, start: { ...asRecord(params["start"]), artifact } }));

/** Params of a stage's heads changed: those of each of several, or the stage's own where it has one. */
export function withHeads(
  document: GraphDocument,
  stage: string,
  change: (head: Params, port: string) => Params,
): GraphDocument {
  return withParams(document, stage, (params) => {
    const heads = params["heads"];
    if (heads === undefined) return change(params, "output");
    return {
      ...params,
      heads: Object.fromEntries(
        Object.entries(asRecord(heads)).map(([port, head]) => [port, change(asRecord(head), port)]),
      ),
    };
  });
}

/** What a compiled document has as an object is one; anything else was refused before. */
export const asRecord = (value: unknown): Params =>
  typeof value === "object" && value !== null ? { ...value } : {};
