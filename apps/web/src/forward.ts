/** Headers of one connection only (RFC 9110 §7.6.1), and those that `fetch` makes itself. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);
/** The API has its own name; answers come uncompressed, so that live events are not held back. */
const OF_THE_REQUEST: ReadonlySet<string> = new Set(["host", "accept-encoding", "content-length"]);
/** `fetch` has already taken these apart. */
const OF_THE_ANSWER: ReadonlySet<string> = new Set(["content-encoding", "content-length"]);

/** The headers that pass on. */
export function forwardedHeaders(headers: Headers, way: "request" | "answer"): Headers {
  const dropped = way === "request" ? OF_THE_REQUEST : OF_THE_ANSWER;
  const named = (headers.get("connection") ?? "").split(",").map((name) => name.trim().toLowerCase());
  const passed = new Headers();
  for (const [name, value] of headers) {
    if (HOP_BY_HOP.has(name) || dropped.has(name) || named.includes(name)) continue;
    passed.append(name, value);
  }
  if (way === "request") passed.set("accept-encoding", "identity");
  return passed;
}

/** `/api/trpc/x?y` → the API's `/trpc/x?y`. Whatever the path says, it stays on the API's origin. */
export function targetUrl(requested: string, apiUrl: URL): URL {
  const { pathname, search } = new URL(requested);
  const target = new URL(apiUrl);
  target.pathname = pathname.replace(/^\/api(?=\/)/, "");
  target.search = search;
  return target;
}

/**
 * True where a request came by a name of ours. A page elsewhere could otherwise give its own name this machine's
 * address, and read the answers as its own (DNS rebinding).
 */
export function isOurHost(host: string | null, allowed: readonly string[]): boolean {
  if (host === null) return false;
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return allowed.includes(name);
}
