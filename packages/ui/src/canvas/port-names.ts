import {
  type GraphDocument,
  inputPorts,
  outputPorts,
  type ProblemSchema,
  type StageRegistry,
  stageId,
} from "@seams/core";

/** Names of a stage's ports, and the label field of each supervised output. */
export interface PortNames {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

const NONE: PortNames = { inputs: [], outputs: [], labels: {} };

/** Asks a stage's kind for its ports. Where the params have mistakes, none: the links that name ports still show them. */
export function portNames(
  document: GraphDocument,
  id: string,
  { problem, stages }: { readonly problem: ProblemSchema; readonly stages: StageRegistry },
): PortNames {
  const written = document.stages[id];
  const kind = written === undefined ? undefined : stages.get(written.kind);
  if (written === undefined || kind === undefined) return NONE;
  const { each, ...own } = written.params;
  const read = kind.params.safeParse(own);
  if (!read.success) return NONE;
  const stage = { id: stageId(id), title: id, kind, params: read.data, each: each === true };
  const labelled =
    kind.role === "learned"
      ? kind
          .heads(read.data)
          .flatMap(({ port, label }) => (label === undefined ? [] : [[port, label] as const]))
      : [];
  return {
    inputs: inputPorts(stage, problem),
    outputs: outputPorts(stage, problem) ?? [],
    labels: Object.fromEntries(labelled),
  };
}
