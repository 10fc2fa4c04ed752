import { join } from "node:path";
import type { Checked } from "@seams/core";
import { type OpenedProblem, openProblem, seamsHome } from "@seams/runner";
import type { GraphSource } from "./graph-source";

/**
 * The problem of a pipeline: the asked one, or the one that the document names: in the gallery, beside the document, or
 * among those imported here.
 */
export async function openProblemOf(graph: GraphSource, asked?: string): Promise<Checked<OpenedProblem>> {
  if (asked !== undefined) return openProblem(asked);
  const name = graph.document.problem;
  const inGallery = await openProblem(name);
  if (inGallery.value !== undefined) return inGallery;
  // A document's name for its problem is a name, not a path.
  if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return inGallery;
  const places = [join(graph.folder, name), graph.folder, join(seamsHome(), "problems", name)];
  for (const place of places) {
    const found = await openProblem(place);
    if (found.value?.schema.name === name) return found;
    if (found.diagnostics.some(({ code }) => code !== "problem-unknown") && place !== graph.folder)
      return found;
  }
  return inGallery;
}
