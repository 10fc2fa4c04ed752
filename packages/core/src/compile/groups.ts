import { jointLinkBlocked, nothingSupervises } from "../diagnostics/catalog/training";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { StageId } from "../ids";
import type { TypedGraph } from "./plan";
import { linkPlace, type Wires } from "./wires";

/** Learned stages that train together: what joint links connect. One phase each. */
export interface Group {
  /** In the graph's order. */
  readonly stages: readonly StageId[];
  /** Indices of groups whose predictions feed this one while it trains. */
  readonly after: readonly number[];
}

/**
 * Puts the used learned stages into groups, in an order in which they can train.
 * Says which stages no loss reaches, and which groups would have to wait for themselves.
 */
export function formGroups(
  graph: TypedGraph,
  wires: Wires,
): {
  readonly groups: readonly Group[];
  readonly used: ReadonlySet<StageId>;
  readonly diagnostics: readonly Diagnostic[];
} {
  const reached = reachedStages(graph, wires);
  const leader = joinStages(graph, { wires, reached });
  const used = usedStages(graph, leader);
  const members = new Map<StageId, StageId[]>();
  for (const id of graph.order) {
    const lead = leader.get(id);
    if (lead === undefined || !used.has(id)) continue;
    append(members, lead, id);
  }
  const needs = dependencies(members, wires, leader);
  const { order, stuck } = orderGroups([...members.keys()], needs);
  const place = new Map(order.map((lead, index) => [lead, index]));
  const groups = order.map(
    (lead): Group => ({
      stages: members.get(lead) ?? [],
      after: [...(needs.get(lead) ?? [])].map((other) => place.get(other) ?? 0).sort((a, b) => a - b),
    }),
  );
  const unreached = [...used].filter((id) => leader.has(id) && !reached.has(id));
  const diagnostics = [
    ...unreached.map((stage) => nothingSupervises({ place: { at: "stage", stage }, stage })),
    ...waitsForItself(stuck, { wires, leader }),
  ];
  return { groups, used, diagnostics };
}

/**
 * The first stage of each learned stage's group (union–find). What no loss reaches joins nothing: it would train with
 * nobody, and is unused or has an error of its own.
 */
function joinStages(
  { order, stages }: TypedGraph,
  { wires, reached }: { readonly wires: Wires; readonly reached: ReadonlySet<StageId> },
): ReadonlyMap<StageId, StageId> {
  const parent = new Map<StageId, StageId>();
  for (const id of order) if (stages.get(id)?.kind.role === "learned") parent.set(id, id);
  const root = (id: StageId): StageId => {
    let at = id;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const { link, origins, mode } of wires.values()) {
    if (mode !== "joint" || !reached.has(link.to.stage)) continue;
    for (const origin of origins) {
      const [one, other] = [root(origin.stage), root(link.to.stage)];
      if (one !== other) parent.set(other, one);
    }
  }
  return new Map([...parent.keys()].map((id) => [id, root(id)]));
}

/** Stages that an answer depends on, and those that train together with one of them and what feeds these. */
function usedStages(
  { stages, links }: TypedGraph,
  leader: ReadonlyMap<StageId, StageId>,
): ReadonlySet<StageId> {
  const feeders = new Map<StageId, StageId[]>();
  for (const { from, to } of links) append(feeders, to.stage, from.stage);
  const together = new Map<StageId, StageId[]>();
  for (const [id, lead] of leader) append(together, lead, id);
  const used = new Set<StageId>();
  for (const { id, kind } of stages.values()) if (kind.role === "output") used.add(id);
  // The set grows while it is walked.
  for (const id of used) {
    for (const feeder of feeders.get(id) ?? []) used.add(feeder);
    const lead = leader.get(id);
    if (lead !== undefined) for (const companion of together.get(lead) ?? []) used.add(companion);
  }
  return used;
}

/** Groups that must have trained before, by leader: those whose predictions a training input carries. */
function dependencies(
  members: ReadonlyMap<StageId, readonly StageId[]>,
  wires: Wires,
  leader: ReadonlyMap<StageId, StageId>,
): ReadonlyMap<StageId, ReadonlySet<StageId>> {
  const needs = new Map<StageId, Set<StageId>>([...members.keys()].map((lead) => [lead, new Set()]));
  const upstream = new Map<StageId, Set<StageId>>();
  for (const { link, origins, mode } of wires.values()) {
    const own = leader.get(link.to.stage);
    if (own === undefined || mode === "data" || mode === "joint") continue;
    const before = upstream.get(own) ?? new Set();
    upstream.set(own, before);
    for (const { stage } of origins) {
      const other = leader.get(stage);
      if (other === undefined) continue;
      before.add(other);
      if (mode !== "label") needs.get(own)?.add(other);
    }
  }
  // A prediction runs everything before it too, whatever that was trained on.
  for (const [lead, direct] of needs) {
    for (const other of direct) for (const before of upstream.get(other) ?? []) direct.add(before);
    needs.set(lead, direct);
  }
  return needs;
}

/** Groups in an order in which each comes after all that it needs, as early as it can; and those that never can. */
function orderGroups(
  leads: readonly StageId[],
  needs: ReadonlyMap<StageId, ReadonlySet<StageId>>,
): { readonly order: readonly StageId[]; readonly stuck: ReadonlySet<StageId> } {
  const place = new Map(leads.map((lead, index) => [lead, index]));
  const neededBy = new Map<StageId, StageId[]>(leads.map((lead) => [lead, []]));
  const missing = new Map<StageId, number>();
  for (const lead of leads) {
    const before = needs.get(lead) ?? new Set();
    missing.set(lead, before.size);
    for (const other of before) neededBy.get(other)?.push(lead);
  }
  const order: StageId[] = [];
  let ready = leads.filter((lead) => missing.get(lead) === 0);
  while (ready.length > 0) {
    order.push(...ready);
    const next: StageId[] = [];
    for (const lead of ready.flatMap((done) => neededBy.get(done) ?? [])) {
      const left = (missing.get(lead) ?? 0) - 1;
      missing.set(lead, left);
      if (left === 0) next.push(lead);
    }
    ready = next.sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
  }
  const done = new Set(order);
  return { order, stuck: new Set(leads.filter((lead) => !done.has(lead))) };
}

/**
 * A joint link around a stage whose prediction it needs: the group would have to be trained before itself. Pinned to the
 * joint links of such groups.
 */
function waitsForItself(
  stuck: ReadonlySet<StageId>,
  { wires, leader }: { readonly wires: Wires; readonly leader: ReadonlyMap<StageId, StageId> },
): readonly Diagnostic[] {
  if (stuck.size === 0) return [];
  const inGroup = (id: StageId): boolean => stuck.has(leader.get(id) ?? id);
  const within = [...wires.values()].filter(({ link }) => inGroup(link.to.stage));
  const blocking = new Set(
    within
      .filter(({ mode }) => mode === "predicted" || mode === "cross-fitted")
      .map(({ link }) => link.to.stage),
  );
  return within
    .filter(({ mode }) => mode === "joint")
    .map(({ link }) =>
      jointLinkBlocked({ place: linkPlace(link), upstream: link.from.stage, blocking: [...blocking] }),
    );
}

/** Stages whose weights some loss moves: their own, or one that joint links lead to. */
function reachedStages({ stages }: TypedGraph, wires: Wires): ReadonlySet<StageId> {
  const feeders = new Map<StageId, StageId[]>();
  for (const { link, origins, mode } of wires.values()) {
    if (mode !== "joint") continue;
    const before = feeders.get(link.to.stage) ?? [];
    feeders.set(link.to.stage, [...before, ...origins.map(({ stage }) => stage)]);
  }
  const reached = new Set<StageId>();
  for (const { id, kind, params } of stages.values()) {
    if (kind.role === "learned" && kind.heads(params).some(({ label }) => label !== undefined))
      reached.add(id);
  }
  // The set grows while it is walked.
  for (const id of reached) for (const feeder of feeders.get(id) ?? []) reached.add(feeder);
  return reached;
}

/** Adds to a list in a map, which it makes when it is first needed. */
function append(lists: Map<StageId, StageId[]>, key: StageId, item: StageId): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
