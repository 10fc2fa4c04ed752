import { setTimeout as delay } from "node:timers/promises";
import {
  type Database,
  type ExperimentRow,
  experimentsWithoutFinding,
  type FindingTexts,
  keepFinding,
  readExperiment,
} from "@seams/db";

/** Looking costs a query: events may come many times a second. */
const PAUSE_MS = 1_000;
/** Experiments before the newest so many are computed when somebody looks at them. */
const MOST_LOOKED_AT = 50;

/** Whose findings are kept, and as whose. */
export interface FindingKeeperOptions {
  readonly database: Database;
  /** Names the program, down to its sources. */
  readonly program: string;
  /** What there is to say of an experiment that is over; undefined where there is nothing. */
  find(experiment: ExperimentRow): Promise<FindingTexts | undefined>;
  readonly onNotice: (words: string) => void;
}

/** Keeps findings until it is closed. */
export interface FindingKeeper {
  close(): Promise<void>;
}

/**
 * Computes what is concluded from an experiment as soon as its last trial has ended, and stores it: whoever looks later,
 * also in another process, need not wait for it. What ended while nobody kept findings, or under another program, is
 * made up for at the start.
 */
export function startFindingKeeper(options: FindingKeeperOptions): FindingKeeper {
  const { database, onNotice } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const hasNone = new Set<string>();
  let isDirty = true;
  let wake: (() => void) | undefined;
  const stir = (): void => {
    isDirty = true;
    wake?.();
  };
  const stopListening = database.listener.on("events", stir);
  const keeping = (async () => {
    while (!signal.aborted) {
      if (!isDirty) await new Promise<void>((resolve) => (wake = resolve));
      wake = undefined;
      isDirty = false;
      try {
        await keepMissing(options, { hasNone, signal });
      } catch (error) {
        // The database may be away. Events tell when it is back; nothing is lost, since all that is missing is looked for.
        onNotice(`Findings are not kept: ${error instanceof Error ? error.message : String(error)}`);
      }
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined); // closing ends the pause
    }
  })();
  return {
    close: async () => {
      closing.abort();
      stopListening();
      stir();
      await keeping;
    },
  };
}

interface Keeping {
  /** Experiments, by revision, of which nothing can be said: their problem is gone. */
  readonly hasNone: Set<string>;
  readonly signal: AbortSignal;
}

async function keepMissing(
  { database, program, find }: FindingKeeperOptions,
  { hasNone, signal }: Keeping,
): Promise<void> {
  for (const id of await experimentsWithoutFinding(database, program, MOST_LOOKED_AT)) {
    if (signal.aborted) return;
    const experiment = await readExperiment(database, id);
    if (experiment === undefined) continue;
    const { revision } = experiment;
    const name = `${id} ${revision}`;
    if (hasNone.has(name)) continue;
    const found = await find(experiment);
    if (found === undefined) hasNone.add(name);
    else await keepFinding(database, { experiment: id, revision, program }, found);
  }
}
