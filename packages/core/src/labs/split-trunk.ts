import type { GraphDocument, LinkDocument } from "../graph/document";
import { asRecord } from "./edit";

/** The longest name that a stage may have. */
const LONGEST_NAME = 64;

/**
 * A document whose stage with several heads is cut into several stages, each with some of the heads and otherwise the
 * same: what feeds the stage feeds all of them, and each head's output goes where it went.
 *
 * @param groups ports of the stage's heads; a head that is in none is dropped with its links
 */
export function splitTrunk(
  document: GraphDocument,
  stage: string,
  groups: readonly (readonly string[])[],
): GraphDocument {
  const found = document.stages[stage];
  if (found === undefined) throw new Error(`labs: the document has no stage ${stage}`);
  const heads = asRecord(found.params["heads"]);
  const names = nameParts(document, stage, groups);
  const partOf = new Map(
    groups.flatMap((ports, k) => ports.map((port) => [port, names[k] ?? stage] as const)),
  );
  const parts = groups.map((ports, k) => {
    const own = Object.fromEntries(ports.map((port) => [port, heads[port]]));
    return [names[k] ?? stage, { ...found, params: { ...found.params, heads: own } }] as const;
  });
  const at = document.layout?.[stage];
  const { [stage]: _, ...places } = document.layout ?? {};
  return {
    ...document,
    stages: Object.fromEntries(
      Object.entries(document.stages).flatMap(([id, one]) => (id === stage ? parts : [[id, one] as const])),
    ),
    links: document.links.flatMap((link) => relink(link, { stage, names, partOf })),
    ...(at === undefined
      ? {}
      : { layout: { ...places, ...Object.fromEntries(names.map((name, k) => [name, below(at, k)])) } }),
  };
}

const ROW_PX = 140;
const below = ([x, y]: readonly [number, number], k: number): [number, number] => [x, y + k * ROW_PX];

interface Parts {
  readonly stage: string;
  readonly names: readonly string[];
  readonly partOf: ReadonlyMap<string, string>;
}

function relink(link: LinkDocument, { stage, names, partOf }: Parts): readonly LinkDocument[] {
  const [from, port] = ends(link.from);
  const [to, input] = ends(link.to);
  if (to === stage) return names.map((name) => ({ ...link, to: `${name}.${input}` }));
  if (from !== stage) return [link];
  const part = partOf.get(port);
  return part === undefined ? [] : [{ ...link, from: `${part}.${port}` }];
}

function ends(endpoint: string): readonly [stage: string, port: string] {
  const dot = endpoint.indexOf(".");
  return [endpoint.slice(0, dot), endpoint.slice(dot + 1)];
}

/** `trunk-a-b`, cut and numbered where it is too long or taken; the whole stage keeps its name. */
function nameParts(
  document: GraphDocument,
  stage: string,
  groups: readonly (readonly string[])[],
): readonly string[] {
  if (groups.length === 1) return [stage];
  const taken = new Set(Object.keys(document.stages));
  return groups.map((ports, k) => {
    const long = `${stage}-${ports.join("-")}`;
    const name =
      long.length <= LONGEST_NAME && !taken.has(long) ? long : `${stage.slice(0, 50)}-part-${k + 1}`;
    taken.add(name);
    return name;
  });
}
