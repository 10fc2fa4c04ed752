import type { IncomingMessage, ServerResponse } from "node:http";
import type { Diagnostic } from "@seams/core";

/** One request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Why a request is answered before, or instead of, any procedure. Codes are tRPC's. */
export type RefusalCode =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "METHOD_NOT_SUPPORTED"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "MISDIRECTED"
  | "TOO_MANY_REQUESTS"
  | "INTERNAL_SERVER_ERROR"
  | "SERVICE_UNAVAILABLE";

/** A refusal, thrown from wherever it is found and answered in one place. */
export class HttpRefusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
  }
}

/** Takes a request apart. Paths stay as they were sent: they are compared, never resolved. */
export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const url = request.url ?? "/";
  const cut = url.indexOf("?");
  return {
    request,
    response,
    path: cut < 0 ? url : url.slice(0, cut),
    query: new URLSearchParams(cut < 0 ? "" : url.slice(cut + 1)),
  };
}

/** Answers with JSON. */
export function sendJson({ response }: Exchange, status: number, value: unknown): void {
  response.statusCode = status;
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.end(JSON.stringify(value));
}

/**
 * Reads a body as text, at most `limit` bytes. Of a larger one the rest is thrown away unread for a while, so that the
 * sender gets to read why.
 * @throws HttpRefusal when it is larger or encoded
 */
export async function readText({ request, response }: Exchange, limit: number): Promise<string> {
  if (request.headers["content-encoding"] !== undefined) {
    throw new HttpRefusal("UNSUPPORTED_MEDIA_TYPE", "Send the body without content encoding.");
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  const isAnnouncedTooLarge = Number(request.headers["content-length"] ?? 0) > limit;
  if (!isAnnouncedTooLarge) {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const piece: Buffer = chunk; // no encoding was set on the request
      bytes += piece.length;
      if (bytes > limit) break;
      chunks.push(piece);
    }
  }
  if (!isAnnouncedTooLarge && bytes <= limit) return Buffer.concat(chunks).toString("utf8");
  dropRest(request);
  response.setHeader("connection", "close");
  throw new HttpRefusal("PAYLOAD_TOO_LARGE", `A request has at most ${limit} bytes here.`);
}

const DROPPED_BYTES = 2 ** 25;
const DROPPED_MS = 5_000;

/** Reads on into nothing, within bounds. */
export function dropRest(request: IncomingMessage): void {
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DROPPED_BYTES) request.destroy();
  });
  request.on("error", () => undefined); // the sender may leave
  request.resume();
  const late = setTimeout(() => request.destroy(), DROPPED_MS);
  late.unref();
  request.once("close", () => clearTimeout(late));
}
