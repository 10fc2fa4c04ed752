import { webSettings } from "../../../env";
import { forwardedHeaders, isOurHost, targetUrl } from "../../../forward";

export const dynamic = "force-dynamic";

/**
 * Hands a request to the API and streams its answer back, so that browsers know one origin only. Bodies (uploads) and
 * answers (live events) pass through unread.
 */
async function forward(request: Request): Promise<Response> {
  const settings = webSettings();
  if (!isOurHost(request.headers.get("host"), settings.allowedHosts)) {
    return Response.json({ message: "This server isn't reached under that name." }, { status: 421 });
  }
  const hasBody = request.method !== "GET" && request.method !== "HEAD" && request.body !== null;
  try {
    const answer = await fetch(targetUrl(request.url, settings.apiUrl), {
      method: request.method,
      headers: forwardedHeaders(request.headers, "request"),
      redirect: "manual",
      cache: "no-store",
      signal: request.signal,
      ...(hasBody ? { body: request.body, duplex: "half" } : {}),
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: forwardedHeaders(answer.headers, "answer"),
    });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const reason =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return Response.json({ message: `The API does not answer: ${reason}` }, { status: 503 });
  }
}

export { forward as DELETE, forward as GET, forward as PATCH, forward as POST, forward as PUT };
