import { Gunzip, Inflate, Unzlib } from "fflate";

/** Bytes of input given to the decompressor at once: what comes out of one piece cannot be much over a thousand times as much. */
const PIECE = 16_384;

const STREAMS = { deflate: () => new Inflate(), zlib: () => new Unzlib(), gzip: () => new Gunzip() };

/**
 * Decompresses, and stops as soon as more than `limit` bytes come out: a bomb costs no more than its limit.
 * @returns the bytes, or undefined where there are more than `limit`
 * @throws what fflate throws where the input is damaged
 */
export function inflateAtMost(
  bytes: Uint8Array,
  form: keyof typeof STREAMS,
  limit: number,
): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = STREAMS[form]();
  stream.ondata = (piece) => {
    length += piece.length;
    if (length <= limit) pieces.push(piece);
  };
  for (let at = 0; at < bytes.length && length <= limit; at += PIECE) {
    stream.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  }
  if (length > limit) return undefined;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
