import { canonicalJson } from "./canonical";
import type { GraphDocument, LinkDocument } from "./document";

/** What one param, title or mode was and is; undefined: not written. */
export interface Change {
  readonly path: readonly (string | number)[];
  readonly before: unknown;
  readonly after: unknown;
}

/** The difference of two versions. Stages are told by their new names; links by their ends. */
export interface GraphDiff {
  readonly title?: Change;
  readonly problem?: Change;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly changed: readonly { readonly stage: string; readonly changes: readonly Change[] }[];
  readonly linksAdded: readonly LinkDocument[];
  /** Ends under their new names. */
  readonly linksRemoved: readonly LinkDocument[];
  readonly linksChanged: readonly { readonly link: LinkDocument; readonly changes: readonly Change[] }[];
  /** Stages that only stand elsewhere on the canvas. */
  readonly moved: readonly string[];
}

/** Compares two versions of a document. */
export function diffGraphs(before: GraphDocument, after: GraphDocument): GraphDiff {
  const renamed = renames(before, after);
  const newName = (name: string): string => renamed.find(({ from }) => from === name)?.to ?? name;
  const stagesBefore = new Map(Object.entries(before.stages).map(([name, stage]) => [newName(name), stage]));
  const stagesAfter = new Map(Object.entries(after.stages));
  const kept = [...stagesAfter.keys()].filter((name) => stagesBefore.has(name));
  const links = diffLinks(
    before.links.map((link) => withNames(link, newName)),
    after.links,
  );
  return {
    ...changeOf("title", before.title, after.title),
    ...changeOf("problem", before.problem, after.problem),
    added: [...stagesAfter.keys()].filter((name) => !stagesBefore.has(name)),
    removed: [...stagesBefore.keys()].filter((name) => !stagesAfter.has(name)),
    renamed,
    changed: kept.flatMap((stage) => {
      const changes = differences(stagesBefore.get(stage), stagesAfter.get(stage), []);
      return changes.length === 0 ? [] : [{ stage, changes }];
    }),
    ...links,
    moved: moves({ before, after, newName }, kept),
  };
}

/** True where two versions are the same in everything, layout included. */
export function sameGraph({ title, problem, ...lists }: GraphDiff): boolean {
  return (
    title === undefined && problem === undefined && Object.values(lists).every((list) => list.length === 0)
  );
}

/** Stages that went away and came under another name: same kind, params and title, and only one such pair. */
function renames(
  before: GraphDocument,
  after: GraphDocument,
): { readonly from: string; readonly to: string }[] {
  const gone = byContent(before.stages, after.stages);
  const come = byContent(after.stages, before.stages);
  return [...gone].flatMap(([content, [from, ...moreFrom]]) => {
    const [to, ...moreTo] = come.get(content) ?? [];
    const only = moreFrom.length === 0 && moreTo.length === 0;
    return from !== undefined && to !== undefined && only ? [{ from, to }] : [];
  });
}

function byContent(
  stages: GraphDocument["stages"],
  other: GraphDocument["stages"],
): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [name, stage] of Object.entries(stages)) {
    if (Object.hasOwn(other, name)) continue;
    const content = canonicalJson(stage);
    found.set(content, [...(found.get(content) ?? []), name]);
  }
  return found;
}

function withNames(link: LinkDocument, newName: (name: string) => string): LinkDocument {
  const end = (written: string): string => {
    const dot = written.indexOf(".");
    return `${newName(written.slice(0, dot))}${written.slice(dot)}`;
  };
  return { ...link, from: end(link.from), to: end(link.to) };
}

function diffLinks(
  before: readonly LinkDocument[],
  after: readonly LinkDocument[],
): Pick<GraphDiff, "linksAdded" | "linksRemoved" | "linksChanged"> {
  const ends = (link: LinkDocument): string => `${link.from} ${link.to}`;
  const old = new Map(before.map((link) => [ends(link), link]));
  const now = new Map(after.map((link) => [ends(link), link]));
  return {
    linksAdded: after.filter((link) => !old.has(ends(link))),
    linksRemoved: before.filter((link) => !now.has(ends(link))),
    linksChanged: after.flatMap((link) => {
      const was = old.get(ends(link));
      const changes = was === undefined ? [] : differences(was, link, []);
      return changes.length === 0 ? [] : [{ link, changes }];
    }),
  };
}

function moves(
  {
    before,
    after,
    newName,
  }: {
    readonly before: GraphDocument;
    readonly after: GraphDocument;
    readonly newName: (name: string) => string;
  },
  kept: readonly string[],
): string[] {
  const old = new Map(Object.entries(before.layout ?? {}).map(([name, at]) => [newName(name), at]));
  const now = new Map(Object.entries(after.layout ?? {}));
  return kept.filter((name) => canonicalJson(old.get(name) ?? null) !== canonicalJson(now.get(name) ?? null));
}

/** The innermost places where two values differ. Lists are compared as a whole. */
function differences(before: unknown, after: unknown, path: readonly string[]): Change[] {
  if (isPlain(before) && isPlain(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(own(before, key), own(after, key), [...path, key]));
  }
  const same = canonicalJson(before ?? null) === canonicalJson(after ?? null);
  return same ? [] : [{ path, before, after }];
}

const own = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;

const changeOf = <Key extends "title" | "problem">(key: Key, before: string, after: string) =>
  before === after ? {} : { [key]: { path: [key], before, after } };

/** A typed document or JSON object, whose keys can be compared. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
