import { inflateAtMost } from "../arrays/inflate";
import { MOST_IMAGE_PX } from "../folder/limits";
import type { Decoded, Picture } from "./picture";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** True for bytes that begin as a PNG file does. */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, k) => bytes[k] === byte);

/** What the IHDR chunk says. */
interface Header {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bits a sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha. */
  readonly colour: number;
  readonly interlaced: boolean;
}

/** Samples a pixel as stored, and bit depths that the format allows, by colour type. */
const COLOURS: Readonly<Record<number, { readonly samples: number; readonly depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/**
 * Decodes a PNG file. The header is checked before a pixel is made, and no more is decompressed than the header says:
 * pngjs, which could do the rest, does not bound interlaced images and needs Node.
 * @see https://www.w3.org/TR/png-3/
 */
export function decodePng(bytes: Uint8Array): Decoded<Picture> {
  if (!isPng(bytes)) return { problem: "it is no PNG file" };
  const chunks = readChunks(bytes);
  const header = readHeader(chunks.find(({ name }) => name === "IHDR")?.data);
  if ("problem" in header) return header;
  const { widthPx, heightPx } = header.value;
  const samples = COLOURS[header.value.colour]?.samples ?? 1;
  const passes = header.value.interlaced ? ADAM7 : [{ x: 0, y: 0, stepX: 1, stepY: 1 }];
  const sized = passes.map((pass) => ({
    ...pass,
    width: Math.max(0, Math.ceil((widthPx - pass.x) / pass.stepX)),
    height: Math.max(0, Math.ceil((heightPx - pass.y) / pass.stepY)),
  }));
  const lineBytes = (width: number): number => Math.ceil((width * samples * header.value.depth) / 8);
  const length = sized.reduce(
    (sum, { width, height }) => sum + (width === 0 ? 0 : height * (1 + lineBytes(width))),
    0,
  );
  const packed = concat(chunks.filter(({ name }) => name === "IDAT").map(({ data }) => data));
  let raw: Uint8Array | undefined;
  try {
    raw = inflateAtMost(packed, "zlib", length);
  } catch {
    return { problem: "its pixels cannot be decompressed" };
  }
  if (raw?.length !== length) return { problem: "it holds more or fewer pixels than its header says" };
  const stored = new Uint16Array(widthPx * heightPx * samples);
  const pixelBytes = Math.max(1, (samples * header.value.depth) / 8);
  let at = 0;
  for (const { x, y, stepX, stepY, width, height } of sized) {
    if (width === 0) continue;
    let above = new Uint8Array(lineBytes(width));
    for (let row = 0; row < height; row++) {
      const line = raw.slice(at + 1, at + 1 + lineBytes(width));
      if (!unfilter(raw[at] ?? 0, { line, above, pixelBytes }))
        return { problem: "a line has an unknown filter" };
      at += 1 + lineBytes(width);
      above = line;
      for (let column = 0; column < width; column++) {
        const pixel = (y + row * stepY) * widthPx + x + column * stepX;
        for (let k = 0; k < samples; k++) {
          stored[pixel * samples + k] = sampleAt(line, column * samples + k, header.value.depth);
        }
      }
    }
  }
  return toPicture(header.value, stored, chunks);
}

interface Chunk {
  readonly name: string;
  readonly data: Uint8Array;
}

/** The chunks up to the end mark; a chunk that is longer than the file ends the list. */
function readChunks(bytes: Uint8Array): readonly Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) break;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ name, data: bytes.subarray(at + 8, at + 8 + length) });
    if (name === "IEND") break;
    at += 12 + length;
  }
  return chunks;
}

function readHeader(data: Uint8Array | undefined): Decoded<Header> {
  if (data === undefined || data.length < 13) return { problem: "its header is missing" };
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [widthPx, heightPx] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colour, interlace] = [view.getUint8(8), view.getUint8(9), view.getUint8(12)];
  if (widthPx > MOST_IMAGE_PX || heightPx > MOST_IMAGE_PX) {
    return {
      problem: `it is ${heightPx}×${widthPx}, and at most ${MOST_IMAGE_PX}×${MOST_IMAGE_PX} is allowed`,
    };
  }
  if (widthPx === 0 || heightPx === 0 || COLOURS[colour]?.depths.includes(depth) !== true || interlace > 1) {
    return { problem: "its header is damaged" };
  }
  return { value: { widthPx, heightPx, depth, colour, interlaced: interlace === 1 } };
}

/** The seven passes of an interlaced image. */
const ADAM7 = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];

interface Line {
  readonly line: Uint8Array;
  readonly above: Uint8Array;
  /** Bytes a pixel, at least 1. */
  readonly pixelBytes: number;
}

/** Adds to each byte what its line's filter predicted, in place. @returns false for a filter that there isn't */
function unfilter(filter: number, { line, above, pixelBytes }: Line): boolean {
  if (filter > 4) return false;
  for (let k = 0; k < line.length; k++) {
    const left = k < pixelBytes ? 0 : (line[k - pixelBytes] ?? 0);
    const up = above[k] ?? 0;
    const corner = k < pixelBytes ? 0 : (above[k - pixelBytes] ?? 0);
    line[k] = (line[k] ?? 0) + predict(filter, { left, up, corner });
  }
  return true;
}

interface Neighbours {
  readonly left: number;
  readonly up: number;
  readonly corner: number;
}

function predict(filter: number, { left, up, corner }: Neighbours): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  return filter === 4 ? paeth(left, up, corner) : 0;
}

/** Whichever of left, up and corner is nearest to left + up − corner. */
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function sampleAt(line: Uint8Array, index: number, depth: number): number {
  if (depth === 16) return ((line[2 * index] ?? 0) << 8) | (line[2 * index + 1] ?? 0);
  if (depth === 8) return line[index] ?? 0;
  const bit = index * depth;
  return ((line[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** Samples as numbers from 0 to 1; palette entries and transparent colours looked up. */
function toPicture(header: Header, stored: Uint16Array, chunks: readonly Chunk[]): Decoded<Picture> {
  const transparent = chunks.find(({ name }) => name === "tRNS")?.data;
  if (header.colour === 3) {
    const palette = chunks.find(({ name }) => name === "PLTE")?.data ?? new Uint8Array();
    return fromPalette(header, stored, { palette, transparent });
  }
  const { heightPx, widthPx, depth, colour } = header;
  const most = (1 << depth) - 1;
  const plain = Float32Array.from(stored, (sample) => sample / most);
  // Every colour type but a palette's stores as many samples as it has channels.
  const channels = (COLOURS[colour]?.samples ?? 1) as Picture["channels"];
  if (transparent === undefined || channels === 2 || channels === 4) {
    return { value: { heightPx, widthPx, channels, values: plain } };
  }
  const values = withAlpha(plain, channels, clearPixels(stored, channels, transparent));
  return { value: { heightPx, widthPx, channels: channels === 1 ? 2 : 4, values } };
}

function fromPalette(
  { heightPx, widthPx }: Header,
  stored: Uint16Array,
  { palette, transparent }: { readonly palette: Uint8Array; readonly transparent: Uint8Array | undefined },
): Decoded<Picture> {
  const values = new Float32Array(heightPx * widthPx * 4);
  for (let pixel = 0; pixel < heightPx * widthPx; pixel++) {
    const entry = stored[pixel] ?? 0;
    if (entry * 3 + 2 >= palette.length) return { problem: "a pixel has a colour that its palette lacks" };
    for (let k = 0; k < 3; k++) values[pixel * 4 + k] = (palette[entry * 3 + k] ?? 0) / 255;
    values[pixel * 4 + 3] = (transparent?.[entry] ?? 255) / 255;
  }
  return { value: { heightPx, widthPx, channels: 4, values } };
}

/** For each pixel, whether it has the one colour that its file calls transparent. */
function clearPixels(
  stored: Uint16Array,
  channels: number,
  transparent: Uint8Array,
): (pixel: number) => boolean {
  const clear = Array.from(
    { length: channels },
    (_, k) => ((transparent[2 * k] ?? 0) << 8) | (transparent[2 * k + 1] ?? 0),
  );
  return (pixel) => clear.every((sample, k) => stored[pixel * channels + k] === sample);
}

function withAlpha(plain: Float32Array, channels: number, isClear: (pixel: number) => boolean): Float32Array {
  const pixels = plain.length / channels;
  const values = new Float32Array(pixels * (channels + 1));
  for (let pixel = 0; pixel < pixels; pixel++) {
    values.set(plain.subarray(pixel * channels, (pixel + 1) * channels), pixel * (channels + 1));
    values[pixel * (channels + 1) + channels] = isClear(pixel) ? 0 : 1;
  }
  return values;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
