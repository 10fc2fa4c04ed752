/** Takes over old objects wherever the new ones are the same JSON, so that what did not change is the same object. */
export function reuse<T extends { readonly id: string }>(
  before: readonly T[] | undefined,
  now: readonly T[],
): readonly T[] {
  if (before === undefined) return now;
  const old = new Map(before.map((each) => [each.id, each]));
  return now.map((each) => {
    const was = old.get(each.id);
    return was !== undefined && sameJson(was, each) ? was : each;
  });
}

function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => sameJson(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
