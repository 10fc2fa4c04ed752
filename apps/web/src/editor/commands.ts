import type { GraphDocument, LinkDocument, LinkMode } from "@seams/core";
import { endOf } from "@seams/ui/graph";

/** Every edit is a pure function from document to document. What would change nothing gives the same object back. */

/** A point on the canvas, px. */
export type Point = readonly [number, number];

type Stages = GraphDocument["stages"];
type Params = Readonly<Record<string, unknown>>;

/** A name that no stage has yet: the wish itself, or with a number behind it. */
export function freeName(stages: Stages, wish: string): string {
  const start =
    /^[A-Za-z]/.test(wish) && wish !== "constructor" && wish !== "prototype" ? wish : `stage-${wish}`;
  const base = start.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 56);
  if (!Object.hasOwn(stages, base)) return base;
  for (let number = 2; ; number++) {
    const name = `${base}-${number}`;
    if (!Object.hasOwn(stages, name)) return name;
  }
}

/** Puts a new stage onto the canvas. */
export function addStage(
  document: GraphDocument,
  {
    name,
    kind,
    params,
    at,
  }: { readonly name: string; readonly kind: string; readonly params: Params; readonly at: Point },
): GraphDocument {
  return {
    ...document,
    stages: { ...document.stages, [name]: { kind, params } },
    layout: { ...document.layout, [name]: [at[0], at[1]] },
  };
}

/** Takes stages out, with their links and places. */
export function removeStages(document: GraphDocument, names: readonly string[]): GraphDocument {
  const gone = new Set(names.filter((name) => Object.hasOwn(document.stages, name)));
  if (gone.size === 0) return document;
  return {
    ...document,
    stages: without(document.stages, gone),
    links: document.links.filter(
      ({ from, to }) => !gone.has(endOf(from).stage) && !gone.has(endOf(to).stage),
    ),
    ...(document.layout === undefined ? {} : { layout: without(document.layout, gone) }),
  };
}

/** Links an output to an input. An input takes one link: an older one goes. */
export function connect(document: GraphDocument, { from, to, mode }: LinkDocument): GraphDocument {
  const same = document.links.find((link) => link.to === to);
  if (same?.from === from && same.mode === mode) return document;
  const link: LinkDocument = { from, to, ...(mode === undefined ? {} : { mode }) };
  return { ...document, links: [...document.links.filter((each) => each.to !== to), link] };
}

/** Takes links out, named by their ends. */
export function disconnect(
  document: GraphDocument,
  gone: readonly Pick<LinkDocument, "from" | "to">[],
): GraphDocument {
  const links = document.links.filter(
    ({ from, to }) => !gone.some((each) => each.from === from && each.to === to),
  );
  return links.length === document.links.length ? document : { ...document, links };
}

/** Sets how a link feeds a learned stage; undefined: the default. */
export function setMode(
  document: GraphDocument,
  ends: Pick<LinkDocument, "from" | "to">,
  mode: LinkMode | undefined,
): GraphDocument {
  return {
    ...document,
    links: document.links.map((link) =>
      link.from === ends.from && link.to === ends.to
        ? { from: link.from, to: link.to, ...(mode === undefined ? {} : { mode }) }
        : link,
    ),
  };
}

/** Sets all params of a stage. */
export function setParams(document: GraphDocument, name: string, params: Params): GraphDocument {
  const stage = document.stages[name];
  return stage === undefined
    ? document
    : { ...document, stages: { ...document.stages, [name]: { ...stage, params: { ...params } } } };
}

/** Sets a stage's title; empty: its name is its title. */
export function setStageTitle(document: GraphDocument, name: string, title: string): GraphDocument {
  const stage = document.stages[name];
  if (stage === undefined) return document;
  const { title: _, ...rest } = stage;
  return { ...document, stages: { ...document.stages, [name]: title === "" ? rest : { ...rest, title } } };
}

/** Gives a stage another name, in its links and its place too. Nothing happens where the name is taken. */
export function renameStage(document: GraphDocument, name: string, next: string): GraphDocument {
  if (name === next || !Object.hasOwn(document.stages, name) || Object.hasOwn(document.stages, next))
    return document;
  const renamed = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).map(([key, value]) => [key === name ? next : key, value]));
  const end = (written: string): string =>
    endOf(written).stage === name ? `${next}.${endOf(written).port}` : written;
  return {
    ...document,
    stages: renamed(document.stages),
    links: document.links.map((link) => ({ ...link, from: end(link.from), to: end(link.to) })),
    ...(document.layout === undefined ? {} : { layout: renamed(document.layout) }),
  };
}

/** Puts stages somewhere else. */
export function moveStages(document: GraphDocument, places: Readonly<Record<string, Point>>): GraphDocument {
  const known = Object.entries(places).filter(([name]) => Object.hasOwn(document.stages, name));
  const moved = known.filter(
    ([name, [x, y]]) => document.layout?.[name]?.[0] !== x || document.layout[name][1] !== y,
  );
  if (moved.length === 0) return document;
  return {
    ...document,
    layout: {
      ...document.layout,
      ...Object.fromEntries(moved.map(([name, [x, y]]) => [name, [x, y] as [number, number]])),
    },
  };
}

/** Sets the pipeline's title. */
export const setTitle = (document: GraphDocument, title: string): GraphDocument =>
  document.title === title ? document : { ...document, title };

/** Some stages as a document of their own: what the clipboard carries. Links that come in from outside are part of it. */
export function fragment(document: GraphDocument, names: readonly string[]): GraphDocument {
  const chosen = new Set(names);
  const only = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).filter(([name]) => chosen.has(name)));
  return {
    ...document,
    stages: only(document.stages),
    links: document.links.filter(({ to }) => chosen.has(endOf(to).stage)),
    ...(document.layout === undefined ? {} : { layout: only(document.layout) }),
  };
}

/**
 * Puts a fragment's stages into a document under free names, 40 px off.
 * @param incoming `keep`: links from stages outside the fragment are made too, where those stages exist here
 */
export function paste(
  document: GraphDocument,
  part: GraphDocument,
  incoming: "keep" | "drop",
): { readonly document: GraphDocument; readonly pasted: readonly string[] } {
  const names = new Map<string, string>();
  let next = document;
  for (const [old, stage] of Object.entries(part.stages)) {
    const name = freeName(next.stages, old);
    names.set(old, name);
    const [x, y] = part.layout?.[old] ?? [0, 0];
    next = {
      ...next,
      stages: { ...next.stages, [name]: stage },
      layout: { ...next.layout, [name]: [x + 40, y + 40] },
    };
  }
  const links = part.links.flatMap((link): LinkDocument[] => {
    const from = endOf(link.from);
    const to = endOf(link.to);
    const target = names.get(to.stage);
    const source =
      names.get(from.stage) ??
      (incoming === "keep" && Object.hasOwn(document.stages, from.stage) ? from.stage : undefined);
    return target === undefined || source === undefined
      ? []
      : [{ ...link, from: `${source}.${from.port}`, to: `${target}.${to.port}` }];
  });
  return { document: { ...next, links: [...next.links, ...links] }, pasted: [...names.values()] };
}

function without<T>(entries: Readonly<Record<string, T>>, gone: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => !gone.has(name)));
}
