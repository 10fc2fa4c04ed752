import { describe, expect, it } from "vitest";
import { webSettings } from "./env";
import { forwardedHeaders, isOurHost, targetUrl } from "./forward";

const api = new URL("http://127.0.0.1:4301");

describe("the way to the API", () => {
  it("takes the prefix off and keeps the query", () => {
    expect(targetUrl("http://localhost:4300/api/trpc/a,b?batch=1&input=%7B%7D", api).href).toBe(
      "http://127.0.0.1:4301/trpc/a,b?batch=1&input=%7B%7D",
    );
  });

  it("never leaves the API's origin", () => {
    for (const path of ["/api//evil.example/x", "/api/../x", "/api/%2e%2e/x", "/api/@evil.example"]) {
      expect(targetUrl(`http://localhost:4300${path}`, api).origin, path).toBe(api.origin);
    }
  });

  it("passes cookies, origin and the place in the event log, and no header of one connection only", () => {
    const headers = new Headers({
      cookie: "a=1",
      origin: "http://localhost:4300",
      "last-event-id": "7",
      connection: "keep-alive, x-hop",
      "x-hop": "1",
      "accept-encoding": "br",
      host: "localhost:4300",
    });
    expect(Object.fromEntries(forwardedHeaders(headers, "request"))).toEqual({
      "accept-encoding": "identity",
      cookie: "a=1",
      origin: "http://localhost:4300",
      "last-event-id": "7",
    });
  });

  it("answers only under names of ours", () => {
    const { allowedHosts } = webSettings({ SEAMS_ALLOWED_HOSTS: "lab.example, " });
    for (const host of ["localhost:4300", "127.0.0.1:1", "[::1]:4300", "LAB.example"])
      expect(isOurHost(host, allowedHosts), host).toBe(true);
    for (const host of [null, "", "evil.example:4300", "localhost.evil.example"])
      expect(isOurHost(host, allowedHosts), String(host)).toBe(false);
  });

  it("refuses an API address that is no web address", () => {
    expect(() => webSettings({ API_URL: "file:///etc" })).toThrow();
  });
});
