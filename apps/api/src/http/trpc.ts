import { isClean, scanJson } from "@seams/core";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { appRouter } from "../router";
import type { Services } from "../services";
import { createJsonTexts } from "./json-texts";
import { HttpRefusal, readText, type Exchange } from "./exchange";

const MAX_BODY_BYTES = 2 ** 20;
/** Procedures in one request. */
const MAX_BATCH = 10;

/** Where mistakes of ours are written down. */
export type ErrorLog = (where: string, error: unknown) => void;

/**
 * Answers /trpc/… . JSON is scanned before anything parses it: too deep, too large, doubled or dangerous keys are
 * refused in linear time, since parsers and validators recurse.
 * @throws HttpRefusal
 */
export async function answerTrpc(exchange: Exchange, services: Services, log: ErrorLog): Promise<void> {
  const { request, response, path, query } = exchange;
  const method = request.method ?? "";
  if (path.split(",").length > MAX_BATCH) {
    throw new HttpRefusal("BAD_REQUEST", `At most ${MAX_BATCH} calls go into one request.`);
  }
  // An adapter would take a missing content type for JSON; a form of another site could use that.
  if (method === "POST" && !/^application\/json *(;|$)/i.test(request.headers["content-type"] ?? "")) {
    throw new HttpRefusal("UNSUPPORTED_MEDIA_TYPE", "Send JSON.");
  }
  const body = method === "POST" ? await readText(exchange, MAX_BODY_BYTES) : undefined;
  for (const text of [body ?? "", ...query.getAll("input")]) if (text !== "") refuseBadJson(text);
  const texts = createJsonTexts();
  const answer = await fetchRequestHandler({
    endpoint: "/trpc",
    router: appRouter,
    req: new Request(`http://localhost${path}?${query}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body }),
    }),
    createContext: () => ({ ...services, texts }),
    onError: ({ error, path: procedure }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") log(procedure ?? "?", error.cause ?? error);
    },
  });
  response.statusCode = answer.status;
  if (answer.status === 503) response.setHeader("retry-after", "2");
  response.setHeader("content-type", "application/json; charset=utf-8");
  for (const piece of texts.weave(await answer.text())) response.write(piece);
  response.end();
}

function refuseBadJson(text: string): void {
  const diagnostics = scanJson(text);
  if (isClean(diagnostics)) return;
  throw new HttpRefusal(
    "BAD_REQUEST",
    diagnostics[0]?.message ?? "This is no JSON that can be read.",
    diagnostics,
  );
}
