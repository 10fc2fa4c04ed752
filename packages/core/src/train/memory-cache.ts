import type { PhaseArtifact, PhaseCheckpoint, StageCache } from "./trial";

/** A cache in memory, and what it holds: for tests and for training in a browser. */
export interface MemoryCache extends StageCache {
  /** Keys of finished phases, oldest first. */
  keys(): readonly string[];
}

/** Makes an empty cache that lives as long as the process. */
export function memoryCache(): MemoryCache {
  const artifacts = new Map<string, PhaseArtifact>();
  const facts = new Map<string, Readonly<Record<string, string>>>();
  const checkpoints = new Map<string, PhaseCheckpoint>();
  const locks = new Map<string, Promise<void>>();
  return {
    keys: () => [...artifacts.keys()],
    get: async (key) => artifacts.get(key),
    put: async (key, artifact, about) => {
      artifacts.set(key, artifact);
      facts.set(key, about);
      checkpoints.delete(key);
    },
    explainMiss: async (about) => differences([...facts.values()], about),
    getCheckpoint: async (key) => checkpoints.get(key),
    putCheckpoint: async (key, checkpoint) => {
      checkpoints.set(key, checkpoint);
    },
    lock: async (key, signal) => {
      for (let held = locks.get(key); held !== undefined; held = locks.get(key))
        await untilAborted(held, signal);
      const { promise, resolve } = withResolver();
      locks.set(key, promise);
      return async () => {
        locks.delete(key);
        resolve();
      };
    },
  };
}

/**
 * Names of the facts in which the nearest earlier entry of the same stage differs; the newest of equally near ones.
 * None where the stage was never trained.
 */
export function differences(
  earlier: readonly Readonly<Record<string, string>>[],
  facts: Readonly<Record<string, string>>,
): readonly string[] {
  const lists = earlier
    .filter(({ stage }) => stage === facts.stage)
    .map((other) => Object.keys(facts).filter((name) => other[name] !== facts[name]));
  return (
    lists.reduce<readonly string[] | undefined>(
      (least, list) => (least === undefined || list.length <= least.length ? list : least),
      undefined,
    ) ?? []
  );
}

function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function untilAborted(held: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    await Promise.race([held, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
