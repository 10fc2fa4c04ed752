import { request } from "node:http";
import type { LiveEvent } from "../src/index";

/** Reads /live as a page does: every event, and where to go on. Reconnects by itself until closed. */
export interface LiveReader {
  readonly events: LiveEvent[];
  readonly connections: () => number;
  close(): void;
}

/** Opens a stream of one trial or one experiment. */
export function readLive(port: number, query: string, after = 0): LiveReader {
  const events: LiveEvent[] = [];
  let lastId = String(after);
  let connections = 0;
  let isClosed = false;
  let current: ReturnType<typeof request> | undefined;
  const connect = (): void => {
    if (isClosed) return;
    let waiting = "";
    const again = (): void => {
      waiting = ""; // half a message is thrown away, as a browser does
      if (!isClosed) setTimeout(connect, 100);
    };
    current = request(
      { host: "127.0.0.1", port, path: `/live?${query}`, headers: { "last-event-id": lastId } },
      (response) => {
        connections++;
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          waiting += chunk;
          const messages = waiting.split("\n\n");
          waiting = messages.pop() ?? "";
          for (const message of messages) {
            const data = /^data: (\[.*)$/m.exec(message)?.[1];
            const id = /^id: (\d+)$/m.exec(message)?.[1];
            if (data === undefined || id === undefined) continue;
            events.push(...(JSON.parse(data) as LiveEvent[]));
            lastId = id;
          }
        });
        response.on("error", () => undefined); // "close" follows
        response.on("close", again);
      },
    );
    current.on("error", again);
    current.end();
  };
  connect();
  return {
    events,
    connections: () => connections,
    close: () => {
      isClosed = true;
      current?.destroy();
    },
  };
}
