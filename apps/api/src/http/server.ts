import { createServer, type Server } from "node:http";
import { answerImport } from "../imports/route";
import { answerLive } from "../live/route";
import type { Services } from "../services";
import { HttpRefusal, openExchange, sendJson, type Exchange } from "./exchange";
import { grantAccess, guard, type GuardSettings } from "./guard";
import { refusalFor, sendRefusal } from "./refusals";
import { answerTrpc, type ErrorLog } from "./trpc";

/** Who may call, and where mistakes of ours go. */
export interface ServerOptions extends GuardSettings {
  readonly log: ErrorLog;
}

/**
 * Builds the HTTP server; the caller lets it listen.
 *
 * On node:http itself: the process runs with code generation from strings switched off (a document can never become
 * code), and the usual frameworks compile their routers with `new Function`.
 */
export function buildServer(services: Services, options: ServerOptions): Server {
  return createServer({ maxHeaderSize: 16_384, requestTimeout: 300_000 }, (request, response) => {
    const exchange = openExchange(request, response);
    answer(exchange, services, options).catch((error: unknown) => {
      const refusal = refusalFor(error);
      if (refusal.code === "INTERNAL_SERVER_ERROR") options.log(`${request.method} ${exchange.path}`, error);
      if (response.headersSent) response.destroy();
      else sendRefusal(exchange, refusal);
    });
  });
}

async function answer(exchange: Exchange, services: Services, options: ServerOptions): Promise<void> {
  guard(exchange, options);
  const { path } = exchange;
  if (path.startsWith("/trpc/")) return answerTrpc(exchange, services, options.log);
  switch (path) {
    case "/live":
      only(exchange, "GET");
      return answerLive(exchange, services);
    case "/import":
      only(exchange, "POST");
      return answerImport(exchange, services);
    case "/access":
      only(exchange, "POST");
      return grantAccess(exchange, options.accessToken);
    case "/health":
      only(exchange, "GET");
      await services.database.pool.query("select 1");
      return sendJson(exchange, 200, { ok: true });
    default:
      throw new HttpRefusal("NOT_FOUND", "There is nothing here.");
  }
}

function only({ request, response }: Exchange, method: "GET" | "POST"): void {
  if (request.method === method) return;
  response.setHeader("allow", method);
  throw new HttpRefusal("METHOD_NOT_SUPPORTED", `Use ${method} here.`);
}
