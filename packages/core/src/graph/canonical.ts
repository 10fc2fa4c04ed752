import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type ContentHash, contentHash } from "../ids";
import { canonicalOrder } from "./canonical-order";
import type { GraphDocument } from "./document";

/**
 * JSON in which equal values have equal texts: keys sorted by code unit, no spaces, −0 as 0, undefined left out.
 * @throws Error for what JSON cannot say: infinite numbers, functions, symbols
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "number") return numberJson(value);
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") throw new Error(`canonical: a ${typeof value} is not JSON`);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  let text = "";
  for (const key of sortedKeys(value)) {
    const inner: unknown = Reflect.get(value, key);
    if (inner === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(inner)}`;
  }
  return `{${text}}`;
}

function numberJson(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`canonical: ${value} is not JSON`);
  return value === 0 ? "0" : String(value);
}

/** An object's keys by code unit. Most are in order already, and sorting is what takes time here. */
function sortedKeys(value: object): readonly string[] {
  const keys = Object.keys(value);
  for (let k = 1; k < keys.length; k++) if ((keys[k - 1] ?? "") > (keys[k] ?? "")) return keys.sort();
  return keys;
}

/** sha-256 of a value's canonical JSON. Synchronous: a browser's own sha-256 is not. */
export const hashJson = (value: unknown): ContentHash => hashText(canonicalJson(value));

/** sha-256 of a text's UTF-8 bytes. */
export const hashText = (text: string): ContentHash => contentHash(bytesToHex(sha256(utf8.encode(text))));

const utf8 = new TextEncoder();

/** sha-256 over chunks of bytes, one after the other. */
export function hashBytes(...chunks: readonly Uint8Array[]): ContentHash {
  const hash = sha256.create();
  for (const chunk of chunks) hash.update(chunk);
  return contentHash(bytesToHex(hash.digest()));
}

/**
 * A pipeline's identity: what it computes and how it is trained. Layout, titles, the names of stages and the order in
 * which stages and links are written are not part of it.
 */
export function graphHash(document: GraphDocument): ContentHash {
  const texts = new Map<string, string>(
    Object.entries(document.stages).map(([name, { kind, params }]) => [name, canonicalJson([kind, params])]),
  );
  const textOf = (name: string): string => texts.get(name) ?? "";
  const order = canonicalOrder(document, textOf);
  const rank = new Map(order.map((name, index) => [name, index]));
  const end = (written: string): string => {
    const dot = written.indexOf(".");
    const stage = written.slice(0, dot);
    // A link to a stage that isn't there keeps its name: such a document has an identity too.
    return `${rank.get(stage) ?? stage}${written.slice(dot)}`;
  };
  const links = document.links
    .map(({ from, to, mode }) => JSON.stringify([end(from), end(to), mode ?? null]))
    .sort();
  // Canonical as it stands, but for the stages' params, which have been made so: this is done on every edit.
  const [format, problem, ends] = [document.format, document.problem, links].map((part) =>
    JSON.stringify(part),
  );
  return hashText(
    `{"format":${format},"links":${ends},"problem":${problem},"stages":[${order.map(textOf).join()}]}`,
  );
}
