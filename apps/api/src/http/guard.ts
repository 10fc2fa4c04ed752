import { createHash, timingSafeEqual } from "node:crypto";
import { readJson } from "@seams/core";
import * as z from "zod";
import { LOOPBACK_HOSTS } from "../env";
import { HttpRefusal, readText, sendJson, type Exchange } from "./exchange";

/** Who may call, and from where. */
export interface GuardSettings {
  /** The address that the server listens on. */
  readonly host: string;
  readonly webPort: number | undefined;
  readonly allowedHosts: readonly string[];
  readonly accessToken: string | undefined;
}

const ACCESS_COOKIE = "seams_access";
const AccessBody = z.strictObject({ token: z.string().max(1_000) });
const ACCESS_BODY_BYTES = 4_096;
/** A Host header is a name and perhaps a port; a URL would take more than that. */
const HOST = /^[^\s/?#@\\]+$/;
const READING: ReadonlySet<string> = new Set(["GET", "HEAD"]);
const SAME_PAGE: ReadonlySet<string> = new Set(["same-origin", "none"]);
const OPEN_PATHS: ReadonlySet<string> = new Set(["/health", "/access"]);

/** Nothing that the API answers is a page: it may not be framed, sniffed, cached or run. */
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/**
 * What every request has to pass before anything reads it: a Host that is ours (or a page elsewhere could reach a
 * server on this machine by a name of its own), an Origin that is ours, and the access token where there is one.
 * @throws HttpRefusal
 */
export function guard(exchange: Exchange, settings: GuardSettings): void {
  for (const [name, value] of Object.entries(HEADERS)) exchange.response.setHeader(name, value);
  const { headers } = exchange.request;
  const host = HOST.test(headers.host ?? "") ? hostName(`http://${headers.host}`) : undefined;
  if (host === undefined || ![...LOOPBACK_HOSTS, settings.host, ...settings.allowedHosts].includes(host)) {
    throw new HttpRefusal("MISDIRECTED", "This server isn't reached under that name.");
  }
  if (!comesFromOurPage(exchange, settings))
    throw new HttpRefusal("FORBIDDEN", "Another site may not do this.");
  if (settings.accessToken === undefined || OPEN_PATHS.has(exchange.path)) return;
  if (!showsToken(exchange, settings.accessToken))
    throw new HttpRefusal("UNAUTHORIZED", "Show the access token.");
}

/** POST /access: puts the access token into a cookie that pages cannot read. */
export async function grantAccess(exchange: Exchange, accessToken: string | undefined): Promise<void> {
  const body = AccessBody.safeParse(readJson(await readText(exchange, ACCESS_BODY_BYTES)).value);
  if (accessToken === undefined || !body.success || !same(body.data.token, accessToken)) {
    throw new HttpRefusal("UNAUTHORIZED", "That is not the access token.");
  }
  const secure = exchange.request.headers["x-forwarded-proto"] === "https" ? "; Secure" : "";
  const value = encodeURIComponent(body.data.token);
  exchange.response.setHeader(
    "set-cookie",
    `${ACCESS_COOKIE}=${value}; HttpOnly; SameSite=Lax; Path=/${secure}`,
  );
  sendJson(exchange, 200, { ok: true });
}

/** A browser says where a request comes from; a program that says nothing is no browser, and carries no cookie of ours. */
function comesFromOurPage({ request }: Exchange, settings: GuardSettings): boolean {
  const { origin, cookie, "sec-fetch-site": site } = request.headers;
  if (typeof site === "string" && !SAME_PAGE.has(site)) return false;
  if (origin === undefined)
    return READING.has(request.method ?? "") || site !== undefined || cookie === undefined;
  const name = hostName(origin);
  if (name === undefined) return false;
  if (settings.allowedHosts.includes(name)) return true;
  if (!LOOPBACK_HOSTS.includes(name) && name !== settings.host) return false;
  // Another program on this machine has pages too: the port has to be the web app's or our own.
  const { port: written, protocol } = new URL(origin);
  const port = Number(written === "" ? (protocol === "https:" ? 443 : 80) : written);
  return port === settings.webPort || port === request.socket.localPort;
}

function hostName(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol !== "http:" && parsed?.protocol !== "https:") return undefined;
  return parsed.hostname.replace(/^\[|\]$/g, "").toLowerCase() || undefined;
}

function showsToken({ request }: Exchange, token: string): boolean {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const cookie = /(?:^|; )seams_access=([^;]*)/.exec(request.headers.cookie ?? "")?.[1];
  return (
    (bearer !== undefined && same(bearer, token)) || (cookie !== undefined && same(decoded(cookie), token))
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return ""; // not a cookie of ours
  }
}

/** Compares digests, which are equally long, in constant time. */
function same(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
