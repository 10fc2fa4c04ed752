import { type Column, hashBytes, hashJson, type ProblemData, type ProblemSchema } from "@seams/core";

/** Records in memory, before their hash is known. */
export type Records = Omit<ProblemData, "hash">;

/**
 * The identity of a problem's data: field types, inputs, targets and metrics of the schema, and every byte of the
 * records. Titles and prices are not part of it, nor how the split was written down: they change no training.
 */
export async function dataHash(schema: ProblemSchema, records: Records): Promise<string> {
  const columns: [string, unknown][] = [];
  for (const [name, column] of Object.entries(records.columns))
    columns.push([name, await hashColumn(column)]);
  const { input, target, metrics, fields } = schema;
  return hashJson({
    types: Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type])),
    schema: { input, target, metrics },
    rows: records.rows,
    columns: Object.fromEntries(columns),
    split: hashJson(records.split),
    ...(records.groups === undefined ? {} : { groups: await sha256(records.groups) }),
  });
}

async function hashColumn({ data, present, lengths }: Column): Promise<Readonly<Record<string, string>>> {
  return {
    data: await sha256(data),
    present: await sha256(present),
    ...(lengths === undefined ? {} : { lengths: await sha256(lengths) }),
  };
}

/** sha-256 of an array's bytes. The platform's own is eight times as fast, but is not there on an insecure page. */
export async function sha256(array: Float32Array | Uint8Array | Int32Array): Promise<string> {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) return hashBytes(bytes);
  // A view's buffer may be shared memory by type only: problems make no SharedArrayBuffer.
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
