import { Client } from "pg";
import { setTimeout as delay } from "node:timers/promises";

const RECONNECT_MS = [100, 500, 1_000, 2_000];
const CHECK_MS = 10_000;

/** Channels of the database's notifications. A notification is a hint to look; what counts is in the tables. */
export const CHANNELS = {
  /** Events were appended. */
  events: "seams_events",
  /** Trials were put into the queue. */
  queue: "seams_queue",
  /** A running trial was cancelled; the payload is its id. */
  cancel: "seams_cancel",
} as const;
export type Channel = keyof typeof CHANNELS;

/** Hears the database's notifications on one connection that mends itself. */
export interface Listener {
  /** Calls back with each payload, and with `undefined` after a reconnection, when some may have been missed. */
  on(channel: Channel, hear: (payload: string | undefined) => void): () => void;
  close(): Promise<void>;
}

/** Opens the listening connection. */
export async function openListener(url: string, notice: (words: string) => void): Promise<Listener> {
  const hearers = new Map<Channel, Set<(payload: string | undefined) => void>>();
  const closing = new AbortController();
  const tell = (channel: Channel, payload: string | undefined): void => {
    for (const hear of hearers.get(channel) ?? []) hear(payload);
  };
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: url, application_name: "seams listener", keepAlive: true });
    client.on("notification", ({ channel, payload }) => {
      for (const name of channelNames) if (CHANNELS[name] === channel) tell(name, payload ?? "");
    });
    client.on("error", () => undefined); // said where the end of the connection is seen
    await client.connect();
    for (const name of channelNames) await client.query(`listen ${CHANNELS[name]}`);
    return client;
  };

  let client = await connect();
  const stay = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await untilEnded(client, closing.signal);
      if (closing.signal.aborted) return;
      notice("The listening connection to the database was lost; connecting again.");
      for (let tries = 0; !closing.signal.aborted; tries++) {
        await pause(RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)] ?? 0, closing.signal);
        try {
          client = await connect();
          break;
        } catch {
          // The server is not back yet.
        }
      }
      for (const name of channelNames) tell(name, undefined);
    }
  };
  const staying = stay();
  return {
    on: (channel, hear) => {
      const group = hearers.get(channel) ?? new Set();
      hearers.set(channel, group.add(hear));
      return () => group.delete(hear);
    },
    close: async () => {
      closing.abort();
      await staying;
      await client.end().catch(() => undefined); // already gone is as good as closed
    },
  };
}

const channelNames: readonly Channel[] = ["events", "queue", "cancel"];

/** Resolves when the connection has ended, or no longer answers. */
async function untilEnded(client: Client, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const end = (): void => ended.abort();
  client.once("end", end);
  client.once("error", end);
  const either = AbortSignal.any([ended.signal, signal]);
  while (!either.aborted) {
    await pause(CHECK_MS, either);
    if (!either.aborted) await client.query("select 1").catch(end);
  }
  client.removeListener("end", end);
  client.removeListener("error", end);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal, ref: false }).catch(() => undefined); // an abort is a reason to go on
}
