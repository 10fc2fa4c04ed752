import { experimentExists, trialExists, type LogTopic } from "@seams/db";
import * as z from "zod";
import { HttpRefusal, type Exchange } from "../http/exchange";
import type { Services } from "../services";
import type { Outlet } from "./broadcaster";

const RECONNECT_AFTER_MS = 1_000;
const Id = z.uuid();
const Position = z.coerce.number().int().min(0).catch(0);

/**
 * GET /live?experiment=ID or ?trial=ID: the log as server-sent events, from `Last-Event-ID` or `after`.
 * @throws HttpRefusal
 */
export async function answerLive(exchange: Exchange, services: Services): Promise<void> {
  const { request, query } = exchange;
  const topic = topicOf(query);
  const isThere =
    "trial" in topic
      ? await trialExists(services.database, topic.trial)
      : await experimentExists(services.database, topic.experiment);
  if (!isThere) throw new HttpRefusal("NOT_FOUND", "There is no such experiment or trial.");
  const after = Position.parse(request.headers["last-event-id"] ?? query.get("after") ?? 0);
  const leave = services.live.watch(topic, { after, outlet: openStream(exchange) });
  if (leave === undefined) throw new HttpRefusal("SERVICE_UNAVAILABLE", "Too many pages watch at once.");
  exchange.response.once("close", leave);
}

function topicOf(query: URLSearchParams): LogTopic {
  const trial = Id.safeParse(query.get("trial"));
  const experiment = Id.safeParse(query.get("experiment"));
  if (trial.success && !query.has("experiment")) return { trial: trial.data };
  if (experiment.success && !query.has("trial")) return { experiment: experiment.data };
  throw new HttpRefusal("BAD_REQUEST", "Name one experiment or one trial.");
}

/** Starts the stream with its first write, so that a refusal can still have a status. */
function openStream({ response }: Exchange): Outlet {
  const begin = (): void => {
    if (response.headersSent) return;
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    response.write(`retry: ${RECONNECT_AFTER_MS}\n\n`);
  };
  return {
    begin,
    write: (text) => {
      begin();
      return response.writableEnded || response.destroyed || response.write(text);
    },
    onReady: (resume) => {
      response.once("drain", resume);
      response.once("close", resume); // nobody waits for a connection that is gone
    },
    end: () => response.end(),
  };
}
