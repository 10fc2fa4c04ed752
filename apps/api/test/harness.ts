import { mkdtemp, rm } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyTemplate } from "@seams/db/testing";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import { inject } from "vitest";
import type { AppRouter } from "../src/index";
import { startApi, type Api, type ApiOptions } from "../src/start";

/** A real API on a real port, with a database and a home of its own. */
export interface TestApi extends Api {
  readonly client: TRPCClient<AppRouter>;
  readonly home: string;
  readonly databaseUrl: string;
  readonly notices: string[];
  /** Stops the API and starts another one on the same home and database. */
  restart(change?: Partial<ApiOptions>): Promise<void>;
}

/** Starts an API; close it in afterAll. Without `workers`, trials wait. */
export async function testApi(change: Partial<ApiOptions> = {}): Promise<TestApi> {
  const home = await mkdtemp(join(tmpdir(), "seams-api-"));
  const copy = await copyTemplate(inject("postgresUrl"));
  const notices: string[] = [];
  const start = (changes: Partial<ApiOptions>): Promise<Api> =>
    startApi({
      host: "127.0.0.1",
      port: 0,
      home,
      databaseUrl: copy.url,
      workers: 0,
      onNotice: (words) => notices.push(words),
      ...change,
      ...changes,
    });
  let api = await start({});
  return {
    home,
    notices,
    databaseUrl: copy.url,
    get url() {
      return api.url;
    },
    get port() {
      return api.port;
    },
    client: createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url: "http://unused/trpc",
          maxItems: 10,
          fetch: (url, init) => fetch(String(url).replace("http://unused", api.url), init as RequestInit),
        }),
      ], // the same options under another name
    }),
    restart: async (changes = {}) => {
      const { port } = api;
      await api.close();
      api = await start({ port, ...changes });
    },
    close: async () => {
      await api.close();
      await copy.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A request exactly as written: any Host, any header, any body. */
export function raw(
  port: number,
  options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Buffer;
  },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port,
        method: options.method ?? "GET",
        path: options.path ?? "/health",
        headers: options.headers ?? {},
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    request.on("error", reject);
    request.end(options.body);
  });
}

/** Waits until something is so, looking again and again. */
export async function until<T>(look: () => Promise<T | undefined | false>, withinMs = 60_000): Promise<T> {
  for (
    const deadline = performance.now() + withinMs;
    ;
    await new Promise((resolve) => setTimeout(resolve, 50))
  ) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain`);
  }
}
