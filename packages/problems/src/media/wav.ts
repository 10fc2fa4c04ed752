import { MOST_SECONDS } from "../folder/limits";
import type { Decoded } from "./picture";

/** A decoded recording of one channel, −1…1. */
export interface Recording {
  readonly sampleRateHz: number;
  readonly values: Float32Array;
}

/** True for bytes that begin as a WAV file does. */
export const isWav = (bytes: Uint8Array): boolean => text(bytes, 0) === "RIFF" && text(bytes, 8) === "WAVE";

const text = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));

const PCM = 1;
/** The format is in the first two bytes of the sub-format. */
const EXTENSIBLE = 0xfffe;

interface Format {
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly bits: 8 | 16;
}

/**
 * Decodes a WAV file of 8- or 16-bit PCM; several channels become their mean. Length and format are checked before a
 * sample is made. Sizes that the file states are never trusted beyond the bytes that are there.
 */
export function decodeWav(bytes: Uint8Array): Decoded<Recording> {
  if (!isWav(bytes)) return { problem: "it is no WAV file" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let format: Decoded<Format> | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = text(bytes, at);
    const stated = view.getUint32(at + 4, true);
    const start = at + 8;
    const length = Math.min(stated, bytes.length - start);
    if (name === "fmt ") format = readFormat(view, start, length);
    if (name === "data") {
      if (format === undefined) return { problem: "its format is missing" };
      if ("problem" in format) return format;
      return stated > length
        ? { problem: `it says it holds ${stated} bytes of sound, but ${length} are there` }
        : readSamples(bytes.subarray(start, start + length), format.value);
    }
    // Chunks start at even places.
    at = start + stated + (stated % 2);
  }
  return format !== undefined && "problem" in format ? format : { problem: "it holds no sound" };
}

function readFormat(view: DataView, start: number, length: number): Decoded<Format> {
  if (length < 16) return { problem: "its format is damaged" };
  const tag = view.getUint16(start, true);
  const coding = tag === EXTENSIBLE && length >= 26 ? view.getUint16(start + 24, true) : tag;
  const channels = view.getUint16(start + 2, true);
  const sampleRateHz = view.getUint32(start + 4, true);
  const bits = view.getUint16(start + 14, true);
  if (coding !== PCM || (bits !== 8 && bits !== 16)) {
    const seen = coding === PCM ? `${bits}-bit PCM` : `coding ${coding}`;
    return { problem: `it is ${seen}; 8-bit and 16-bit PCM can be read` };
  }
  if (channels === 0 || channels > 16 || sampleRateHz === 0) return { problem: "its format is damaged" };
  return { value: { channels, sampleRateHz, bits } };
}

function readSamples(sound: Uint8Array, { channels, sampleRateHz, bits }: Format): Decoded<Recording> {
  const frames = Math.floor(sound.length / (channels * (bits / 8)));
  if (frames > MOST_SECONDS * sampleRateHz) {
    const seconds = Math.round(frames / sampleRateHz);
    return { problem: `it is ${seconds} s long, and at most ${MOST_SECONDS} s is allowed` };
  }
  const view = new DataView(sound.buffer, sound.byteOffset, sound.byteLength);
  // 8-bit samples have no sign and their silence at 128.
  const sample = (index: number): number =>
    bits === 8 ? (view.getUint8(index) - 128) / 128 : view.getInt16(2 * index, true) / 32_768;
  const values = Float32Array.from({ length: frames }, (_, frame) => {
    let sum = 0;
    for (let k = 0; k < channels; k++) sum += sample(frame * channels + k);
    return sum / channels;
  });
  return { value: { sampleRateHz, values } };
}
