/** Gets what is kept under a key, or makes and keeps it. What failed to be made is not kept. */
export type KeepRecent<T> = (key: string, make: () => Promise<T>) => Promise<T>;

/** Keeps what was used last. */
export function keepRecent<T>(most: number): KeepRecent<T> {
  const kept = new Map<string, Promise<T>>();
  return (key, make) => {
    const known = kept.get(key);
    kept.delete(key);
    const value = known ?? make();
    kept.set(key, value); // last in the map: used last
    value.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
