import { decode } from "jpeg-js";
import { MOST_IMAGE_PX } from "../folder/limits";
import type { Decoded, Picture } from "./picture";

/** Memory that the decoder may use for one image of the greatest size. */
const MOST_DECODER_MB = 512;

/** True for bytes that begin as a JPEG file does. */
export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Decodes a JPEG file; its frame header is checked before. Grey files give one channel. */
export function decodeJpeg(bytes: Uint8Array): Decoded<Picture> {
  if (!isJpeg(bytes)) return { problem: "it is no JPEG file" };
  const frame = readFrame(bytes);
  if (frame === undefined) return { problem: "its header is damaged" };
  const { heightPx, widthPx } = frame;
  if (heightPx > MOST_IMAGE_PX || widthPx > MOST_IMAGE_PX) {
    return {
      problem: `it is ${heightPx}×${widthPx}, and at most ${MOST_IMAGE_PX}×${MOST_IMAGE_PX} is allowed`,
    };
  }
  try {
    const maxResolutionInMP = (MOST_IMAGE_PX * MOST_IMAGE_PX) / 1e6;
    const options = { useTArray: true, maxResolutionInMP, maxMemoryUsageInMB: MOST_DECODER_MB } as const;
    const { data } = decode(bytes, options);
    const channels = frame.components === 1 ? 1 : 3;
    const values = new Float32Array(heightPx * widthPx * channels);
    for (let pixel = 0; pixel < heightPx * widthPx; pixel++) {
      for (let k = 0; k < channels; k++) values[pixel * channels + k] = (data[pixel * 4 + k] ?? 0) / 255;
    }
    return { value: { heightPx, widthPx, channels, values } };
  } catch (error) {
    return { problem: `it cannot be decoded (${error instanceof Error ? error.message : String(error)})` };
  }
}

/** Size and colour components, from the first frame header. */
function readFrame(bytes: Uint8Array): { heightPx: number; widthPx: number; components: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 10 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    // 0xC0 to 0xCF start a frame, but for the tables of Huffman codes, arithmetic conditioning, and an extension.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) {
      const [heightPx, widthPx] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return heightPx > 0 && widthPx > 0
        ? { heightPx, widthPx, components: view.getUint8(at + 9) }
        : undefined;
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
