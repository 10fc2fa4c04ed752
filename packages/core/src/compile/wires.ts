import { jointLinkBlocked } from "../diagnostics/catalog/training";
import {
  crossFittedNeedsLabel,
  labelModeNeedsLabel,
  modeNotHere,
  predictedNeedsLabel,
} from "../diagnostics/catalog/training";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { LinkMode } from "../graph/document";
import type { StageId } from "../ids";
import type { Head } from "../stages/stage";
import type { Graph, Link, Stage } from "./plan";

/** An output of a learned stage that a value comes from. */
export interface Origin {
  readonly stage: StageId;
  readonly port: string;
  /** The field that supervises it. */
  readonly label: string | undefined;
}

/** One input of a learned stage: how it is fed while that stage trains. */
export interface Wire {
  readonly link: Link;
  /** Learned outputs that the value is made from, through algorithm stages at most. None: it is data. */
  readonly origins: readonly Origin[];
  readonly mode: LinkMode | "data";
}

/** What wires are read from. */
type GraphParts = Pick<Graph, "stages" | "links">;

/** Every wire of a graph, by the `stage.port` that it ends at. */
export type Wires = ReadonlyMap<string, Wire>;

/**
 * Decides how each input of each learned stage is fed while it trains: as the document says, else by the true label
 * where the value has one, else jointly. Says where a mode has no meaning, and where no gradient can pass.
 */
export function readWires(graph: GraphParts): {
  readonly wires: Wires;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const wires = new Map<string, Wire>();
  const walk = new OriginWalk(graph);
  for (const link of graph.links) {
    const target = graph.stages.get(link.to.stage);
    if (target?.kind.role !== "learned") {
      if (link.mode !== undefined)
        diagnostics.push(notHere(link, link.mode, "it doesn't end at a learned stage"));
      continue;
    }
    const origins = walk.origins(link);
    if (origins.length === 0 && link.mode !== undefined) {
      diagnostics.push(notHere(link, link.mode, "no learned stage gives this value"));
    }
    const mode = origins.length === 0 ? "data" : (link.mode ?? defaultMode(origins));
    const refusal = mode === "data" ? undefined : refuse({ link, origins, mode }, graph, walk);
    if (refusal !== undefined) diagnostics.push(refusal);
    wires.set(`${link.to.stage}.${link.to.port}`, { link, origins, mode });
  }
  return { wires, diagnostics };
}

const defaultMode = (origins: readonly Origin[]): LinkMode =>
  origins.every(({ label }) => label !== undefined) ? "label" : "joint";

const notHere = (link: Link, mode: LinkMode, reason: string): Diagnostic =>
  modeNotHere({ place: linkPlace(link), mode, reason });

/** A link as diagnostics name it. */
export function linkPlace({ index, from, to }: Link): Diagnostic["place"] {
  return { at: "link", index, from: `${from.stage}.${from.port}`, to: `${to.stage}.${to.port}` };
}

/** What is missing for each mode but `joint`: the true value of every output that the link carries. */
const NEEDS_LABEL = {
  label: labelModeNeedsLabel,
  predicted: predictedNeedsLabel,
  "cross-fitted": crossFittedNeedsLabel,
} as const;

function refuse(
  {
    link,
    origins,
    mode,
  }: { readonly link: Link; readonly origins: readonly Origin[]; readonly mode: LinkMode },
  graph: GraphParts,
  walk: OriginWalk,
): Diagnostic | undefined {
  const place = linkPlace(link);
  if (mode !== "joint") {
    const free = origins.find(({ label }) => label === undefined);
    return free === undefined ? undefined : NEEDS_LABEL[mode]({ place, from: `${free.stage}.${free.port}` });
  }
  const source = graph.stages.get(link.from.stage);
  if (source?.kind.role === "learned") {
    // What is read off frames, repeats made one and blanks left out, has no gradient.
    const isFree = headAt(source, link.from.port)?.isFree === true;
    return isFree ? jointLinkBlocked({ place, upstream: source.id, blocking: [source.id] }) : undefined;
  }
  const [upstream] = origins;
  if (upstream === undefined) return undefined;
  return jointLinkBlocked({ place, upstream: upstream.stage, blocking: walk.algorithmsBefore(link) });
}

/** Walks from a link back to the learned outputs that its value is made from. */
class OriginWalk {
  private readonly linksInto = new Map<StageId, Link[]>();
  private readonly known = new Map<StageId, readonly Origin[]>();

  constructor(private readonly graph: GraphParts) {
    for (const link of graph.links) {
      this.linksInto.set(link.to.stage, [...(this.linksInto.get(link.to.stage) ?? []), link]);
    }
  }

  origins({ from }: Link): readonly Origin[] {
    const stage = this.graph.stages.get(from.stage);
    if (stage === undefined) return [];
    if (stage.kind.role === "learned") return [{ ...from, label: labelOf(stage, from.port) }];
    return stage.kind.role === "algorithm" ? this.behind(stage.id) : [];
  }

  /** What an algorithm's inputs are made from, each learned output once. */
  private behind(algorithm: StageId): readonly Origin[] {
    const before = this.known.get(algorithm);
    if (before !== undefined) return before;
    const found = new Map<string, Origin>();
    for (const link of this.linksInto.get(algorithm) ?? []) {
      for (const origin of this.origins(link)) found.set(`${origin.stage}.${origin.port}`, origin);
    }
    const origins = [...found.values()];
    this.known.set(algorithm, origins);
    return origins;
  }

  /** The algorithm stages between a link and the learned outputs before it, nearest first. */
  algorithmsBefore(link: Link): readonly StageId[] {
    const found = new Set<StageId>();
    const visit = ({ from }: Link): void => {
      const stage = this.graph.stages.get(from.stage);
      if (stage?.kind.role !== "algorithm" || found.has(stage.id)) return;
      if (this.behind(stage.id).length === 0) return;
      found.add(stage.id);
      this.linksInto.get(stage.id)?.forEach(visit);
    };
    visit(link);
    return [...found];
  }
}

/** The field that supervises an output of a learned stage. */
const labelOf = (stage: Stage, port: string): string | undefined => headAt(stage, port)?.label;

const headAt = ({ kind, params }: Stage, port: string): Head | undefined =>
  kind.role === "learned" ? kind.heads(params).find((head) => head.port === port) : undefined;
