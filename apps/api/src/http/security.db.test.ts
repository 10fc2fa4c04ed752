import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { raw, testApi, type TestApi } from "../../test/harness";
import { apiSettings } from "../env";

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ webPort: 4_300, allowedHosts: ["seams.example"] });
});
afterAll(() => api.close());

const JSON_TYPE = { "content-type": "application/json" };
const mutation = { method: "POST", path: "/trpc/pipelines.remove", body: '{"id":"nobody"}' };

describe("who may call", () => {
  const web = "http://localhost:4300";
  // Status 404 is the procedure's own answer: the request reached it.
  it.each<[string, Record<string, string>, number]>([
    ["a program without a browser's headers", {}, 404],
    ["the web app", { origin: web, "sec-fetch-site": "same-origin" }, 404],
    ["the web app at 127.0.0.1", { origin: "http://127.0.0.1:4300" }, 404],
    ["the web app over IPv6", { origin: "http://[::1]:4300", host: "[::1]:4301" }, 404],
    ["a named public host", { origin: "https://seams.example", host: "seams.example" }, 404],
    ["another site", { origin: "https://evil.example" }, 403],
    ["another site that calls itself ours", { origin: "http://localhost.evil.example:4300" }, 403],
    ["a user name that looks like us", { origin: "http://localhost:4300@evil.example" }, 403],
    [
      "another program's page on this machine",
      { origin: "http://localhost:8888", "sec-fetch-site": "same-site" },
      403,
    ],
    ["another program's page, without fetch metadata", { origin: "http://localhost:8888" }, 403],
    ["a sandboxed page", { origin: "null" }, 403],
    ["an extension", { origin: "chrome-extension://abcdef" }, 403],
    ["a file", { origin: "file://" }, 403],
    ["no Origin but a cross-site fetch", { "sec-fetch-site": "cross-site" }, 403],
    ["no Origin, but a cookie", { cookie: "seams_access=x" }, 403],
    ["a rebound name", { host: "evil.example:4301" }, 421],
    ["a rebound name with our Origin", { host: "evil.example", origin: web }, 421],
    ["a name that begins like ours", { host: "localhost.evil.example" }, 421],
    ["an address that isn't ours", { host: "192.168.0.7:4301" }, 421],
    ["a Host with a path", { host: "localhost/../evil" }, 421],
    [
      "the header that opened another framework's middleware",
      { origin: "https://evil.example", "x-middleware-subrequest": "middleware" },
      403,
    ],
  ])("%s", async (_, headers, status) => {
    expect((await raw(api.port, { ...mutation, headers: { ...JSON_TYPE, ...headers } })).status).toBe(status);
  });

  it("an empty Host", async () => {
    // Node's client fills an empty Host in, so the request is written by hand.
    const socket = connect(api.port, "127.0.0.1");
    socket.write("GET /health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n");
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer); // sockets give buffers unless told otherwise
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 421 /);
  });

  it.each([
    ["text/plain"],
    ["application/x-www-form-urlencoded"],
    ["multipart/form-data; boundary=x"],
    ["application/jsonp"],
    ["text/x-component"],
    [""],
  ])("takes no mutation as %j", async (type) => {
    const answer = await raw(api.port, { ...mutation, headers: { "content-type": type } });
    expect(answer.status).toBe(415);
  });

  it("takes no mutation by GET, and no body that is encoded", async () => {
    const input = encodeURIComponent('{"id":"nobody"}');
    expect((await raw(api.port, { path: `/trpc/pipelines.remove?input=${input}` })).status).toBe(405);
    expect(
      (await raw(api.port, { ...mutation, headers: { ...JSON_TYPE, "content-encoding": "gzip" } })).status,
    ).toBe(415);
  });

  it("lets other sites read nothing either: no CORS headers, no framing, no sniffing, no caching", async () => {
    for (const path of ["/health", "/trpc/system.info", "/live", "/nowhere"]) {
      const { headers } = await raw(api.port, { path });
      expect(headers["access-control-allow-origin"], path).toBeUndefined();
      expect(headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "cache-control": "no-store",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "referrer-policy": "no-referrer",
      });
    }
    expect(
      (await raw(api.port, { method: "OPTIONS", headers: { origin: "https://evil.example" } })).status,
    ).toBe(403);
    expect(
      (await raw(api.port, { path: "/trpc/system.info", headers: { "sec-fetch-site": "cross-site" } }))
        .status,
    ).toBe(403);
  });
});

describe("hostile requests", () => {
  const send = (body: string | Buffer, path = "/trpc/pipelines.create") =>
    raw(api.port, { method: "POST", path, headers: JSON_TYPE, body });

  it.each([65, 1_000, 100_000, 500_000])(
    "refuses JSON %i levels deep at once, with a diagnostic",
    async (depth) => {
      for (const body of [
        "[".repeat(depth) + "]".repeat(depth),
        `${'{"a":'.repeat(depth / 5)}1${"}".repeat(depth / 5)}`,
      ]) {
        if (body.length > 2 ** 20 || (body.startsWith("{") && depth === 65)) continue;
        const started = performance.now();
        const answer = await send(body);
        expect(performance.now() - started).toBeLessThan(500);
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.body).error.data.diagnostics[0].code).toBe("document-too-deep");
      }
    },
  );

  it("refuses depth in a query's input too", async () => {
    const input = encodeURIComponent("[".repeat(200) + "]".repeat(200));
    expect((await raw(api.port, { path: `/trpc/problems.get?input=${input}` })).status).toBe(400);
  });

  it.each([
    ["duplicate-key", '{"document":1,"document":2}'],
    ["forbidden-key", '{"__proto__":{"polluted":true}}'],
    ["forbidden-key", '{"document":{"constructor":{"prototype":{"polluted":true}}}}'],
    ["number-not-finite", '{"document":1e999}'],
    ["document-not-json", '{"document":'],
    ["text-too-long", `{"document":"${"x".repeat(5_000)}"}`],
  ])("names %s", async (code, body) => {
    const answer = await send(body);
    expect(answer.status).toBe(400);
    expect(
      JSON.parse(answer.body).error.data.diagnostics.map((diagnostic: { code: string }) => diagnostic.code),
    ).toContain(code);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("tells a tRPC client that its request is too large, alone and in a batch", async () => {
    const body = Buffer.alloc(2 ** 20 + 1, " ");
    const alone = await send(body);
    expect(alone.status).toBe(413);
    expect(JSON.parse(alone.body).error.data).toMatchObject({ code: "PAYLOAD_TOO_LARGE", httpStatus: 413 });
    const batch = await send(body, "/trpc/pipelines.create,pipelines.save?batch=1");
    expect(JSON.parse(batch.body)).toHaveLength(2);
    await expect(
      api.client.pipelines.create.mutate({ document: { junk: "x".repeat(2 ** 20) } }),
    ).rejects.toMatchObject({
      data: { code: "PAYLOAD_TOO_LARGE" },
    });
  });

  it("counts what really comes where the length was left out", async () => {
    const answer = await raw(api.port, {
      method: "POST",
      path: "/trpc/pipelines.create",
      headers: { ...JSON_TYPE, "transfer-encoding": "chunked" },
      body: Buffer.alloc(2 ** 20 + 1, " "),
    });
    expect(answer.status).toBe(413);
  });

  it("refuses batches of more than ten", async () => {
    const paths = Array.from({ length: 11 }, () => "system.info").join(",");
    expect((await raw(api.port, { path: `/trpc/${paths}?batch=1` })).status).toBe(400);
  });

  it("takes ids, never paths", async () => {
    const corpus = [
      "../../etc/passwd",
      "..\\..\\x",
      "%2e%2e%2f",
      "/etc/passwd",
      "C:\\x",
      "a\0b",
      "file:///etc/passwd",
      "a/b/c",
      "",
      "*",
      "con",
      "a".repeat(300),
      "__proto__",
      "toString",
    ];
    for (const id of corpus) {
      for (const call of [
        () => api.client.problems.get.query({ id }),
        () => api.client.problems.records.query({ id }),
        () => api.client.pipelines.get.query({ id }),
        () => api.client.pipelines.fork.mutate({ id }),
        () => api.client.experiments.get.query({ id }),
        () => api.client.trials.get.query({ id }),
        () => api.client.problems.importDiscard.mutate({ importId: id }),
      ]) {
        await expect(call(), id).rejects.toMatchObject({
          data: { httpStatus: expect.toSatisfy((status: number) => status === 400 || status === 404) },
        });
      }
    }
  });

  it("never shows a stack, and says nothing of paths that aren't there", async () => {
    const answer = await raw(api.port, { path: "/trpc/nowhere.at.all" });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("stack");
    expect((await raw(api.port, { path: "//evil.example/trpc/system.info" })).status).toBe(404);
  });
});

describe("beyond this machine", () => {
  it("refuses to listen without an access token", () => {
    expect(() => apiSettings({ SEAMS_HOST: "0.0.0.0" })).toThrow("SEAMS_ACCESS_TOKEN");
    expect(() => apiSettings({ SEAMS_HOST: "0.0.0.0", SEAMS_ACCESS_TOKEN: "short" })).toThrow(
      "16 characters",
    );
    expect(apiSettings({ SEAMS_HOST: "0.0.0.0", SEAMS_ACCESS_TOKEN: "x".repeat(16) }).host).toBe("0.0.0.0");
    expect(apiSettings({}).host).toBe("127.0.0.1");
  });

  it("asks everybody for the token, by bearer or by the cookie that /access gives", async () => {
    const token = "correct horse battery";
    const guarded = await testApi({ accessToken: token });
    const info = (headers: Record<string, string>) =>
      raw(guarded.port, { path: "/trpc/system.info", headers });
    try {
      expect((await info({})).status).toBe(401);
      expect((await info({ authorization: "Bearer wrong" })).status).toBe(401);
      expect((await info({ cookie: "seams_access=%E0%A4%A" })).status).toBe(401);
      expect((await info({ authorization: `Bearer ${token}` })).status).toBe(200);
      const access = (body: string) =>
        raw(guarded.port, { method: "POST", path: "/access", headers: JSON_TYPE, body });
      expect((await access('{"token":"wrong"}')).status).toBe(401);
      const granted = await access(JSON.stringify({ token }));
      expect(granted.status).toBe(200);
      const cookie = String(granted.headers["set-cookie"]);
      expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
      expect((await info({ cookie: cookie.split(";")[0] ?? "" })).status).toBe(200);
      expect((await raw(guarded.port, { path: "/live?trial=x" })).status).toBe(401);
      expect((await raw(guarded.port, {})).status).toBe(200); // /health says nothing but that it runs
    } finally {
      await guarded.close();
    }
  });
});
