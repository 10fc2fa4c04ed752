import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { text } from "node:stream/consumers";
import {
  type Checked,
  diagnose,
  type GraphDocument,
  graphHash,
  isClean,
  nearest,
  readGraphDocument,
} from "@seams/core";
import { findPipeline, galleryProblems } from "@seams/problems";

/** A pipeline that was named on the command line. */
export interface GraphSource {
  /** As it was named: a gallery id or a path; `-` for stdin. */
  readonly id: string;
  readonly title: string;
  readonly hash: string;
  readonly document: GraphDocument;
  /** Where its problem's folder may lie. */
  readonly folder: string;
}

/** Reads GRAPH: a gallery pipeline's id, a file, or `-` for stdin. */
export async function readGraph(named: string): Promise<Checked<GraphSource>> {
  const gallery = findPipeline(named);
  if (gallery !== undefined) return { value: source(named, gallery.document, "."), diagnostics: [] };
  const written = await (named === "-" ? text(process.stdin) : readFile(named, "utf8")).catch(
    () => undefined,
  );
  if (written === undefined) return { value: undefined, diagnostics: [missing(named)] };
  const { value, diagnostics } = readGraphDocument(written);
  if (value === undefined || !isClean(diagnostics)) return { value: undefined, diagnostics };
  return { value: source(named, value, named === "-" ? "." : dirname(resolve(named))), diagnostics };
}

const source = (id: string, document: GraphDocument, folder: string): GraphSource => ({
  id,
  title: document.title,
  hash: graphHash(document),
  document,
  folder,
});

function missing(named: string): ReturnType<typeof diagnose.problem.pipelineUnknown> {
  const ids = galleryProblems.flatMap(({ pipelines }) => pipelines.map(({ id }) => id));
  const near = nearest(named, ids) ?? ids.find((id) => id.endsWith(`/${named}`));
  return diagnose.problem.pipelineUnknown({ place: { at: "graph" }, name: named, near });
}
