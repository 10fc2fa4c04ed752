import type { GraphView, StageView } from "@seams/ui/graph";

/** Stages along the links: each behind what feeds it; those in a circle at the end. Ties in document order. */
export function inOrder(view: GraphView): readonly StageView[] {
  const waiting = new Map(
    view.stages.map((stage) => [
      stage.id,
      new Set(view.links.filter(({ to }) => to.stage === stage.id).map(({ from }) => from.stage)),
    ]),
  );
  const known = new Set(view.stages.map(({ id }) => id));
  const done: StageView[] = [];
  const placed = new Set<string>();
  for (;;) {
    const ready = view.stages.filter(
      ({ id }) =>
        !placed.has(id) &&
        [...(waiting.get(id) ?? [])].every((above) => placed.has(above) || !known.has(above)),
    );
    if (ready.length === 0) break;
    for (const stage of ready) placed.add(stage.id);
    done.push(...ready);
  }
  return [...done, ...view.stages.filter(({ id }) => !placed.has(id))];
}

/**
 * The stage that Alt + an arrow leads to: along a link, or to the one before or behind it in order. Where no link leads
 * on, upstream and downstream go by that order too, so that stages which are not connected yet can be reached.
 */
export function neighbour(
  view: GraphView,
  from: string,
  way: "upstream" | "downstream" | "previous" | "next",
): string | undefined {
  const { links } = view;
  const along =
    way === "upstream"
      ? links.find(({ to }) => to.stage === from)?.from.stage
      : way === "downstream"
        ? links.find((link) => link.from.stage === from)?.to.stage
        : undefined;
  if (along !== undefined) return along;
  const order = inOrder(view).map(({ id }) => id);
  return order[order.indexOf(from) + (way === "next" || way === "downstream" ? 1 : -1)];
}
