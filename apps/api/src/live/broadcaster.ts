import { lastSeq, readEvents, type Database, type EventRow, type LogTopic } from "@seams/db";
import { setTimeout as delay } from "node:timers/promises";
import { Backlog } from "./backlog";

const MIN_PAUSE_MS = 500; // at most two messages a second to each viewer
const PAGE = 1_000;
const PING_MS = 5_000;
const MOST_VIEWERS = 2_000;
/** A viewer this far behind starts anew from the database. */
const MOST_WAITING_ROWS = 20_000;

/** Where messages for one viewer go: a response of the server. */
export interface Outlet {
  /** Opens the stream, before there is anything to say. */
  begin(): void;
  /** False: the connection's buffer is full; more only after `onReady`. */
  write(text: string): boolean;
  onReady(resume: () => void): void;
  end(): void;
}

/** Sends the log of events to everybody who watches. */
export interface Broadcaster {
  /** Sends everything after position `after`, then whatever comes. Returns how to leave; undefined when there are too many viewers. */
  watch(
    topic: LogTopic,
    viewer: { readonly after: number; readonly outlet: Outlet },
  ): (() => void) | undefined;
  viewers(): number;
  close(): Promise<void>;
}

interface Viewer {
  readonly outlet: Outlet;
  readonly backlog: Backlog;
  /** Position of the last row sent or waiting. */
  sent: number;
  state: "replaying" | "live" | "blocked" | "gone";
}

/**
 * One reader of the log for all viewers. A notification of the database makes it read what is new for the topics that
 * are watched, once; a batch becomes text once, whoever gets it. A viewer who joins gets the log replayed from the
 * database first, batches of the meantime waiting, so nothing is missed and nothing comes twice.
 */
export async function createBroadcaster(
  database: Database,
  notice: (words: string) => void,
): Promise<Broadcaster> {
  const topics = new Map<string, { readonly topic: LogTopic; readonly viewers: Set<Viewer> }>();
  const closing = new AbortController();
  let position = await lastSeq(database);
  let wake: (() => void) | undefined;
  let isDirty = false;

  const all = (): Viewer[] => [...topics.values()].flatMap(({ viewers }) => [...viewers]);
  const stopListening = database.listener.on("events", () => {
    isDirty = true;
    wake?.();
  });

  const readNew = async (): Promise<void> => {
    const until = await lastSeq(database);
    for (const { topic, viewers } of [...topics.values()]) {
      if (viewers.size === 0) continue;
      for (let after = position; ; ) {
        const rows = await readEvents(database, topic, { after, until, limit: PAGE });
        if (rows.length > 0) broadcast(rows, viewers);
        if (rows.length < PAGE) break;
        after = rows.at(-1)?.seq ?? until;
      }
    }
    position = until;
  };

  const pump = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      if (!isDirty) await new Promise<void>((resolve) => (wake = resolve));
      wake = undefined;
      isDirty = false;
      if (closing.signal.aborted) return;
      try {
        await readNew();
      } catch (error) {
        notice(
          `Live events wait for the database: ${error instanceof Error ? error.message : String(error)}`,
        );
        isDirty = true;
      }
      await delay(MIN_PAUSE_MS, undefined, { signal: closing.signal }).catch(() => undefined); // closing ends the pause
    }
  };
  const pumping = pump();
  const pings = setInterval(() => {
    // As an event, not a comment: pages show that they are cut off when none comes.
    for (const viewer of all()) if (viewer.state === "live") push(viewer, "event: ping\ndata: {}\n\n");
  }, PING_MS);
  pings.unref();

  const replay = async (topic: LogTopic, viewer: Viewer): Promise<void> => {
    while (viewer.state === "replaying") {
      const rows = await readEvents(database, topic, { after: viewer.sent, limit: PAGE });
      if (rows.length > 0) await sendSlowly(viewer, rows);
      if (rows.length < PAGE) break;
    }
    if (viewer.state !== "replaying") return;
    viewer.state = "live";
    flush(viewer);
  };

  return {
    watch: (topic, { after, outlet }) => {
      if (all().length >= MOST_VIEWERS) return undefined;
      const name = JSON.stringify(topic);
      const group = topics.get(name) ?? { topic, viewers: new Set<Viewer>() };
      topics.set(name, group);
      const viewer: Viewer = { outlet, backlog: new Backlog(), sent: after, state: "replaying" };
      group.viewers.add(viewer);
      outlet.begin();
      const leave = (): void => {
        viewer.state = "gone";
        group.viewers.delete(viewer);
        if (group.viewers.size === 0) topics.delete(name);
      };
      replay(topic, viewer).catch((error: unknown) => {
        notice(`A viewer's replay failed: ${error instanceof Error ? error.message : String(error)}`);
        leave();
        outlet.end(); // the page connects again and asks for the rest
      });
      return leave;
    },
    viewers: () => all().length,
    close: async () => {
      closing.abort();
      wake?.();
      clearInterval(pings);
      stopListening();
      for (const viewer of all()) {
        viewer.state = "gone";
        viewer.outlet.end();
      }
      topics.clear();
      await pumping;
    },
  };
}

/** One message for one batch; its id is where to go on after a reconnection. */
function message(rows: readonly EventRow[]): string {
  return `id: ${rows.at(-1)?.seq ?? 0}\ndata: ${JSON.stringify(rows)}\n\n`;
}

function broadcast(rows: readonly EventRow[], viewers: ReadonlySet<Viewer>): void {
  const text = message(rows);
  const first = rows[0]?.seq ?? 0;
  for (const viewer of viewers) {
    if (viewer.state === "live" && viewer.sent < first) {
      viewer.sent = rows.at(-1)?.seq ?? viewer.sent;
      push(viewer, text);
    } else {
      viewer.backlog.add(rows);
      if (viewer.state === "live") flush(viewer);
      if (viewer.backlog.size > MOST_WAITING_ROWS) viewer.outlet.end();
    }
  }
}

/** Sends what waits, without rows that the viewer has. */
function flush(viewer: Viewer): void {
  const rows = viewer.backlog.take().filter((row) => row.seq > viewer.sent);
  const last = rows.at(-1);
  if (last === undefined) return;
  viewer.sent = last.seq;
  push(viewer, message(rows));
}

function push(viewer: Viewer, text: string): void {
  if (viewer.outlet.write(text)) return;
  viewer.state = "blocked";
  viewer.outlet.onReady(() => {
    if (viewer.state !== "blocked") return;
    viewer.state = "live";
    flush(viewer);
  });
}

/** During a replay the database waits for the viewer, not the other way round. */
async function sendSlowly(viewer: Viewer, rows: readonly EventRow[]): Promise<void> {
  viewer.sent = rows.at(-1)?.seq ?? viewer.sent;
  if (viewer.outlet.write(message(rows))) return;
  await new Promise<void>((resolve) => viewer.outlet.onReady(resolve));
}
