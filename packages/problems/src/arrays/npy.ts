/** An array as NumPy's .npy files hold it, in C order. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** What one entry is: a number, or a text (NumPy's unicode type). */
  readonly values: ArrayLike<number> | readonly string[];
  /** For example `<f4`. */
  readonly dtype: string;
}

/** What an array is, or why the file cannot be read as one: the end of a sentence. */
export type ParsedNpy = { readonly array: NpyArray } | { readonly problem: string };

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MOST_AXES = 8;

/**
 * Reads a .npy file: numbers, booleans and unicode texts, little endian, C order. The header is read and checked against
 * the file's length before anything is made.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpy(bytes: Uint8Array): ParsedNpy {
  if (bytes.length < 12 || MAGIC.some((byte, k) => bytes[k] !== byte))
    return { problem: "it is no .npy file" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint8(6);
  const [start, length] = major === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (major > 3 || start + length > bytes.length) return { problem: "its header is damaged" };
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const described = readHeader(header);
  if ("problem" in described) return described;
  const { shape, dtype } = described;
  const count = shape.reduce((product, size) => product * size, 1);
  const reader = readerOf(dtype);
  if (reader === undefined)
    return { problem: `its numbers are of the type ${dtype}, which is not supported` };
  const body = bytes.subarray(start + length);
  if (!Number.isSafeInteger(count) || body.length !== count * reader.bytes) {
    const expected = `${count} × ${reader.bytes} bytes`;
    return { problem: `it says it holds ${expected}, but ${body.length} bytes follow its header` };
  }
  return { array: { shape, dtype, values: reader.read(body, count) } };
}

/** The header is a Python literal of three keys. */
function readHeader(header: string): Pick<NpyArray, "shape" | "dtype"> | { readonly problem: string } {
  const dtype = /'descr':\s*'([^']{1,12})'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([\d,\s]{0,200})\)/.exec(header)?.[1];
  if (dtype === undefined || order === undefined || shape === undefined) {
    return { problem: "its header is not one of plain numbers or texts" };
  }
  if (order === "True") return { problem: "it is in Fortran order; save numpy.ascontiguousarray of it" };
  if (dtype.startsWith(">")) return { problem: `it is big endian (${dtype}); convert it to little endian` };
  const sizes = shape
    .split(",")
    .map((size) => size.trim())
    .filter((size) => size !== "")
    .map(Number);
  if (sizes.length > MOST_AXES) return { problem: `it has ${sizes.length} axes` };
  return { dtype, shape: sizes };
}

interface EntryReader {
  /** Bytes of one entry. */
  readonly bytes: number;
  read(body: Uint8Array, count: number): NpyArray["values"];
}

const numbers = (bytes: number, read: (view: DataView, at: number) => number): EntryReader => ({
  bytes,
  read: (body, count) => {
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    const values = new Float64Array(count);
    for (let k = 0; k < count; k++) values[k] = read(view, k * bytes);
    return values;
  },
});

const READERS: Readonly<Record<string, EntryReader>> = {
  "|b1": { bytes: 1, read: (body) => body },
  "|u1": { bytes: 1, read: (body) => body },
  "|i1": numbers(1, (view, at) => view.getInt8(at)),
  "<u2": numbers(2, (view, at) => view.getUint16(at, true)),
  "<i2": numbers(2, (view, at) => view.getInt16(at, true)),
  "<u4": numbers(4, (view, at) => view.getUint32(at, true)),
  "<i4": numbers(4, (view, at) => view.getInt32(at, true)),
  // Whole numbers above 2⁵³ lose their last digits; no label or measurement is that large.
  "<u8": numbers(8, (view, at) => Number(view.getBigUint64(at, true))),
  "<i8": numbers(8, (view, at) => Number(view.getBigInt64(at, true))),
  "<f4": {
    bytes: 4,
    // Copied: the file's bytes may not start at a multiple of four. Every platform that runs Node is little endian.
    read: (body) => new Float32Array(body.slice().buffer),
  },
  "<f8": numbers(8, (view, at) => view.getFloat64(at, true)),
};

function readerOf(dtype: string): EntryReader | undefined {
  if (Object.hasOwn(READERS, dtype)) return READERS[dtype];
  const letters = /^<U([1-9]\d{0,3})$/.exec(dtype)?.[1];
  if (letters === undefined) return undefined;
  const bytes = 4 * Number(letters);
  return {
    bytes,
    read: (body, count) => {
      const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
      return Array.from({ length: count }, (_, k) => readText(view, k * bytes, (k + 1) * bytes));
    },
  };
}

/** A text of 32-bit letters, filled up with zeros. */
function readText(view: DataView, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to; at += 4) {
    const letter = view.getUint32(at, true);
    if (letter === 0) break;
    text += letter <= 0x10ffff ? String.fromCodePoint(letter) : "\ufffd";
  }
  return text;
}

/** Writes a .npy file, version 1.0, C order, of the array's own number type. */
export function writeNpy(
  values: Float32Array | Uint8Array | Int32Array,
  shape: readonly number[],
): Uint8Array {
  const dtype = values instanceof Float32Array ? "<f4" : values instanceof Int32Array ? "<i4" : "|u1";
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${sizes}), }`;
  // Numbers start at a multiple of 64 bytes, as the format asks.
  const padded = text.padEnd(Math.ceil((10 + text.length + 1) / 64) * 64 - 10 - 1) + "\n";
  const body = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const file = new Uint8Array(10 + padded.length + body.length);
  file.set([...MAGIC, 1, 0, padded.length & 0xff, padded.length >> 8]);
  file.set(new TextEncoder().encode(padded), 10);
  file.set(body, 10 + padded.length);
  return file;
}
