import { createHash } from "node:crypto";
import * as z from "zod";

/** A named array of an entry. */
export interface EntryArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** One cache entry in memory: JSON facts, and float32 arrays by name. */
export interface Entry {
  /** What kind of entry it is: two kinds never stand for one another. */
  readonly is: "artifact" | "checkpoint" | "trial" | "prediction";
  readonly key: string;
  readonly facts: unknown;
  readonly arrays: Readonly<Record<string, EntryArray>>;
}

const MAGIC = "seams-cache 1";
const HEADING = /^seams-cache 1 ([0-9a-f]{64})\n/;
const HEADING_BYTES = MAGIC.length + 1 + 64 + 1;

const Manifest = z.strictObject({
  is: z.enum(["artifact", "checkpoint", "trial", "prediction"]),
  key: z.string(),
  facts: z.unknown(),
  arrays: z.array(z.strictObject({ name: z.string(), shape: z.array(z.int().min(0)) })),
});

/**
 * The bytes of an entry: a line with the sha-256 of all that follows, a line of JSON, then the arrays one after the
 * other, little-endian. The key is among what is hashed, so that a file under another's name is recognised.
 */
export function writeEntry({ is, key, facts, arrays }: Entry): Uint8Array {
  const named = Object.entries(arrays);
  const manifest = { is, key, facts, arrays: named.map(([name, { shape }]) => ({ name, shape })) };
  const body = Buffer.concat([
    Buffer.from(`${JSON.stringify(manifest)}\n`),
    ...named.map(([, { data }]) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  ]);
  return Buffer.concat([Buffer.from(`${MAGIC} ${sha256(body)}\n`), body]);
}

/** Reads an entry; undefined for anything that is not exactly what was written under this key. */
export function readEntry(bytes: Uint8Array, { is, key }: Pick<Entry, "is" | "key">): Entry | undefined {
  const heading = HEADING.exec(Buffer.from(bytes.subarray(0, HEADING_BYTES)).toString("latin1"));
  const body = bytes.subarray(HEADING_BYTES);
  if (heading === null || heading[1] !== sha256(body)) return undefined;
  const end = body.indexOf(0x0a);
  const manifest = Manifest.safeParse(JSON.parse(Buffer.from(body.subarray(0, end)).toString("utf8")));
  // A hash that fits bytes of another kind or key: a file that was put in this one's place.
  if (!manifest.success || manifest.data.is !== is || manifest.data.key !== key) return undefined;
  let offset = end + 1;
  const arrays: Record<string, EntryArray> = {};
  for (const { name, shape } of manifest.data.arrays) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    new Uint8Array(data.buffer).set(body.subarray(offset, offset + data.byteLength));
    arrays[name] = { shape, data };
    offset += data.byteLength;
  }
  return { is, key, facts: manifest.data.facts, arrays };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
