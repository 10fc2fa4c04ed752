import type { StageId } from "../ids";
import type { Link } from "./plan";

/** The circles among links: one per group of stages that all reach each other. */
export interface Circles {
  /** Stages of one shortest circle through the group's first stage, in the links' direction. */
  readonly circles: readonly (readonly [StageId, ...StageId[]])[];
  /** True for links between stages of one group. */
  within(link: Link): boolean;
}

/** Finds the strongly connected groups (Tarjan 1972). Stages are visited in the order given. */
export function circles(stages: readonly StageId[], links: readonly Link[]): Circles {
  const after = new Map<StageId, StageId[]>(stages.map((stage) => [stage, []]));
  for (const { from, to } of links) after.get(from.stage)?.push(to.stage);
  const group = new Map<StageId, StageId>();
  const order = new Map<StageId, number>();
  const open: StageId[] = [];
  const found: [StageId, ...StageId[]][] = [];

  /** The earliest open stage that can be reached. Depth is bounded by the limit of 500 stages. */
  const visit = (stage: StageId): number => {
    const own = order.size;
    order.set(stage, own);
    open.push(stage);
    let earliest = own;
    for (const next of after.get(stage) ?? []) {
      if (!order.has(next)) earliest = Math.min(earliest, visit(next));
      else if (!group.has(next)) earliest = Math.min(earliest, order.get(next) ?? own);
    }
    if (earliest === own) {
      const members = open.splice(open.lastIndexOf(stage));
      for (const member of members) group.set(member, stage);
      const isCircle = members.length > 1 || (after.get(stage) ?? []).includes(stage);
      if (isCircle) found.push(shortestCircle(stage, new Set(members), after));
    }
    return earliest;
  };
  for (const stage of stages) if (!order.has(stage)) visit(stage);
  const inCircle = new Set(found.map(([first]) => first));
  return {
    circles: found,
    within: ({ from, to }) => {
      const root = group.get(from.stage);
      return root !== undefined && root === group.get(to.stage) && inCircle.has(root);
    },
  };
}

/** Breadth first from a stage back to itself, within its group. */
function shortestCircle(
  start: StageId,
  members: ReadonlySet<StageId>,
  after: ReadonlyMap<StageId, readonly StageId[]>,
): [StageId, ...StageId[]] {
  const cameFrom = new Map<StageId, StageId>();
  const queue: StageId[] = [start];
  for (let head = queue.shift(); head !== undefined; head = queue.shift()) {
    for (const next of after.get(head) ?? []) {
      if (next === start) return [start, ...pathTo(head, cameFrom)];
      if (!members.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, head);
      queue.push(next);
    }
  }
  return [start];
}

/** Stages after the start on the way to `end`. */
function pathTo(end: StageId, cameFrom: ReadonlyMap<StageId, StageId>): StageId[] {
  const path: StageId[] = [];
  for (let at: StageId | undefined = end; at !== undefined && cameFrom.has(at); at = cameFrom.get(at))
    path.unshift(at);
  return path;
}
