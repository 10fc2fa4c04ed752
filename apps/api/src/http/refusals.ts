import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { isDatabaseAway } from "../trpc";
import { HttpRefusal, sendJson, type Exchange, type RefusalCode } from "./exchange";

const STATUS: Readonly<Record<RefusalCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  MISDIRECTED: 421,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
};

/** Turns whatever was thrown into what may be told. */
export function refusalFor(error: unknown): HttpRefusal {
  if (error instanceof HttpRefusal) return error;
  if (isDatabaseAway(error)) {
    return new HttpRefusal("SERVICE_UNAVAILABLE", "The database doesn't answer. Try again in a moment.");
  }
  return new HttpRefusal("INTERNAL_SERVER_ERROR", "Seams made a mistake. Its log says which.");
}

/** Answers in tRPC's own shape where a tRPC client asked, so that it can show the message; else in plain JSON. */
export function sendRefusal(exchange: Exchange, { code, message, diagnostics }: HttpRefusal): void {
  const httpStatus = STATUS[code];
  if (code === "SERVICE_UNAVAILABLE") exchange.response.setHeader("retry-after", "2");
  if (!exchange.path.startsWith("/trpc/")) return sendJson(exchange, httpStatus, { message, diagnostics });
  const path = exchange.path.slice("/trpc/".length);
  // tRPC knows no 421: to its clients it is a request that cannot be carried out.
  const known = code === "MISDIRECTED" ? "BAD_REQUEST" : code;
  const data = { code: known, httpStatus, path, diagnostics, conflict: null };
  const error = { message, code: TRPC_ERROR_CODES_BY_KEY[known], data };
  const isBatch = exchange.query.get("batch") === "1";
  return sendJson(exchange, httpStatus, isBatch ? path.split(",").map(() => ({ error })) : { error });
}
