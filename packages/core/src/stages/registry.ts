import type { StageKind, StageRegistry } from "./stage";

/**
 * Makes a registry of kinds.
 * @throws Error when two kinds have the same name
 */
export function createRegistry(kinds: readonly StageKind[]): StageRegistry {
  const byName = new Map<string, StageKind>();
  for (const kind of kinds) {
    if (byName.has(kind.kind)) throw new Error(`registry: there are two stage kinds named ${kind.kind}`);
    byName.set(kind.kind, kind);
  }
  return Object.freeze({ kinds: byName, get: (name: string) => byName.get(name) });
}
