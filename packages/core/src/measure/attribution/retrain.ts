import type { GraphDocument } from "../../graph/document";

/**
 * The same pipeline with every link that carries a stage's value fed with the truth while what follows trains: what the
 * second ceiling of a stage is measured with. Links into learned stages that come from the stage, directly or through
 * algorithms, get the mode `label`; compiling it says where that cannot be.
 *
 * @param learned ids of learned stages: a value doesn't pass through them
 */
export function withTruthFrom(
  document: GraphDocument,
  stage: string,
  learned: ReadonlySet<string>,
): GraphDocument {
  const carriers = new Set([stage]);
  // The set grows while it is walked.
  for (const carrier of carriers) {
    for (const { from, to } of document.links) {
      const next = stageOf(to);
      if (stageOf(from) === carrier && !learned.has(next)) carriers.add(next);
    }
  }
  return {
    ...document,
    title: `${document.title} (${stage} true)`.slice(0, 80),
    links: document.links.map((link) =>
      carriers.has(stageOf(link.from)) && learned.has(stageOf(link.to)) ? { ...link, mode: "label" } : link,
    ),
  };
}

const stageOf = (endpoint: string): string => endpoint.slice(0, endpoint.indexOf("."));
