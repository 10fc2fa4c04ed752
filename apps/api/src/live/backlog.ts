import type { EventRow } from "@seams/db";

/** Rows a slow viewer may be behind before measurements in between are left out. */
const MAX_WAITING = 256;

/**
 * What waits for one viewer whose connection is slower than the events. Past the bound, only the latest measurement of
 * each kind stays for each phase; changes of state always stay, so what a viewer folds together ends up right.
 */
export class Backlog {
  #rows: EventRow[] = [];

  get size(): number {
    return this.#rows.length;
  }

  add(rows: readonly EventRow[]): void {
    this.#rows.push(...rows);
    if (this.#rows.length > MAX_WAITING) this.#rows = withoutStaleMeasurements(this.#rows);
  }

  /** Hands out all that waits. */
  take(): readonly EventRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}

/** Drops measurements that a later one of the same phase replaces. */
export function withoutStaleMeasurements(rows: readonly EventRow[]): EventRow[] {
  const latest = new Map<string, number>();
  for (const row of rows) {
    const subject = measured(row);
    if (subject !== undefined) latest.set(subject, row.seq);
  }
  return rows.filter((row) => {
    const subject = measured(row);
    return subject === undefined || latest.get(subject) === row.seq;
  });
}

/** What a row measures; undefined for changes of state. */
function measured({ trial, event }: EventRow): string | undefined {
  return event.type === "steps.finished" || event.type === "examples.predicted"
    ? `${trial} ${event.phase} ${event.type}`
    : undefined;
}
