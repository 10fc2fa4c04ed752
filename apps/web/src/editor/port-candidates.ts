import type { GraphDocument, StageKind } from "@seams/core";
import type { PortRef } from "@seams/ui";
import { portNames } from "@seams/ui/graph";
import { addStage } from "./commands";
import { initialName, initialParams } from "./initial-params";
import { type CompileContext, type Ends, judgeLink } from "./judge-link";

/** A port that a wire could end at, and why it can't where it can't. */
export interface PortCandidate {
  readonly port: PortRef;
  readonly ends: Ends;
  readonly reason: string | undefined;
}

/** A kind that a wire could lead to, with the first port of a new stage that takes it. */
export interface KindCandidate {
  readonly kind: StageKind;
  readonly port: string | undefined;
  readonly reason: string | undefined;
}

const written = ({ stage, port }: PortRef): string => `${stage}.${port}`;

/** The ends of the link between two ports, whichever of them is the output; undefined between two of one side. */
export function endsOf(one: PortRef, other: PortRef): Ends | undefined {
  if (one.side === other.side) return undefined;
  return one.side === "output"
    ? { from: written(one), to: written(other) }
    : { from: written(other), to: written(one) };
}

/** Every port on the other side, those that fit first. */
export function portCandidates(
  document: GraphDocument,
  from: PortRef,
  context: CompileContext,
): readonly PortCandidate[] {
  const found = Object.keys(document.stages)
    .filter((stage) => stage !== from.stage)
    .flatMap((stage) => {
      const names = portNames(document, stage, context);
      const side = from.side === "output" ? "input" : "output";
      return (side === "input" ? names.inputs : names.outputs).map(
        (port): PortRef => ({ stage, port, side }),
      );
    })
    .flatMap((port): PortCandidate[] => {
      const ends = endsOf(from, port);
      return ends === undefined ? [] : [{ port, ends, reason: judgeLink(document, ends, context) }];
    });
  return [...found].sort((a, b) => Number(a.reason !== undefined) - Number(b.reason !== undefined));
}

/** Every kind, those first whose new stage could take the wire. */
export function kindCandidates(
  document: GraphDocument,
  from: PortRef,
  context: CompileContext,
): readonly KindCandidate[] {
  const found = [...context.stages.kinds.values()].map((kind) =>
    kindCandidate(document, from, { kind, context }),
  );
  return [...found].sort((a, b) => Number(a.port === undefined) - Number(b.port === undefined));
}

function kindCandidate(
  document: GraphDocument,
  from: PortRef,
  { kind, context }: { readonly kind: StageKind; readonly context: CompileContext },
): KindCandidate {
  const params = initialParams(kind, document, context.problem);
  const name = initialName(kind, params, document);
  const trial = addStage(document, { name, kind: kind.kind, params, at: [0, 0] });
  const names = portNames(trial, name, context);
  const ports = from.side === "output" ? names.inputs : names.outputs;
  const judged = ports.map((port) => {
    const ends = endsOf(from, { stage: name, port, side: from.side === "output" ? "input" : "output" });
    return { port, reason: ends === undefined ? "" : judgeLink(trial, ends, context) };
  });
  const fitting = judged.find(({ reason }) => reason === undefined);
  if (fitting !== undefined) return { kind, port: fitting.port, reason: undefined };
  return {
    kind,
    port: undefined,
    reason: judged[0]?.reason ?? `It has no ${from.side === "output" ? "inputs" : "outputs"}.`,
  };
}
