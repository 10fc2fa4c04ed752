import type { NpyArray, ParsedNpy } from "../arrays/npy";

/** Number types of IDX files: dtype and bytes by their code. Only bytes and the small ones are common. */
const TYPES: Readonly<Record<number, { readonly dtype: string; readonly bytes: number }>> = {
  8: { dtype: "|u1", bytes: 1 },
  9: { dtype: "|i1", bytes: 1 },
  11: { dtype: "<i2", bytes: 2 },
  12: { dtype: "<i4", bytes: 4 },
  13: { dtype: "<f4", bytes: 4 },
  14: { dtype: "<f8", bytes: 8 },
};

/** True for bytes that begin as an IDX file does. */
export const isIdx = (bytes: Uint8Array): boolean =>
  bytes.length >= 8 &&
  bytes[0] === 0 &&
  bytes[1] === 0 &&
  Object.hasOwn(TYPES, bytes[2] ?? 0) &&
  (bytes[3] ?? 0) >= 1 &&
  (bytes[3] ?? 0) <= 4;

/**
 * Reads an IDX file, the format of the MNIST database: two zeros, the number type, the number of axes, their sizes,
 * then the numbers, all big endian.
 */
export function parseIdx(bytes: Uint8Array): ParsedNpy {
  const type = TYPES[bytes[2] ?? 0];
  if (!isIdx(bytes) || type === undefined) return { problem: "it is no IDX file" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const axes = bytes[3] ?? 0;
  const start = 4 + 4 * axes;
  if (bytes.length < start) return { problem: "its header is damaged" };
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count) || bytes.length - start !== count * type.bytes) {
    return {
      problem: `it says it holds ${count} × ${type.bytes} bytes, but ${bytes.length - start} follow its header`,
    };
  }
  return { array: { dtype: type.dtype, shape, values: readValues(view, start, { count, ...type }) } };
}

function readValues(
  view: DataView,
  start: number,
  { dtype, bytes, count }: { readonly dtype: string; readonly bytes: number; readonly count: number },
): NpyArray["values"] {
  if (dtype === "|u1") return new Uint8Array(view.buffer, view.byteOffset + start, count);
  const read: Readonly<Record<string, (at: number) => number>> = {
    "|i1": (at) => view.getInt8(at),
    "<i2": (at) => view.getInt16(at),
    "<i4": (at) => view.getInt32(at),
    "<f4": (at) => view.getFloat32(at),
    "<f8": (at) => view.getFloat64(at),
  };
  const at = read[dtype];
  return Float64Array.from({ length: count }, (_, k) => at?.(start + k * bytes) ?? Number.NaN);
}
