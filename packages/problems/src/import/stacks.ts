import { diagnose, type Diagnostic } from "@seams/core";
import { writeNpy } from "../arrays/npy";
import { MOST_VALUES } from "../folder/limits";
import { type Picture, resized, withChannels } from "../media/picture";
import { decodeWav } from "../media/wav";
import { decodePicture } from "../values/read-media";
import type { ImportOptions } from "./source";

/** Files of one medium, in order; undefined where a record lacks its file. */
export interface MediaFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Media of all records in one array. */
export interface Stack<T> {
  readonly type: T;
  /** The contents of arrays/<field>.npy and, where some are missing, arrays/<field>.present.npy. */
  readonly array: Uint8Array;
  readonly present?: Uint8Array;
}

/** A stack, unless something was wrong. */
export interface Stacked<T> {
  readonly stack?: Stack<T>;
  readonly diagnostics: readonly Diagnostic[];
}

interface ImageType {
  readonly is: "image";
  readonly heightPx: number;
  readonly widthPx: number;
  readonly channels: number;
}

const BYTES_FROM_UNIT = 255;

/** Decodes images into one array: grey where all of them are, of one size, or of the size asked for. */
export function stackPictures(
  files: readonly (MediaFile | undefined)[],
  options: ImportOptions,
): Stacked<ImageType> {
  const diagnostics: Diagnostic[] = [];
  const sizes = new Map<string, number>();
  const pictures: (Picture | undefined)[] = [];
  let values = 0;
  for (const file of files) {
    if (file === undefined) {
      pictures.push(undefined);
      continue;
    }
    const decoded = decodePicture(file.bytes);
    if ("problem" in decoded) {
      diagnostics.push(unreadable(file.path, "an image", decoded.problem));
      continue;
    }
    const { heightPx, widthPx } = decoded.value;
    const size = `${heightPx}×${widthPx}`;
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
    const picture = resized(decoded.value, options.heightPx ?? heightPx, options.widthPx ?? widthPx);
    values += picture.values.length;
    if (values > MOST_VALUES) return { diagnostics: [tooManyValues()] };
    // Of images that won't fit together only the sizes matter.
    pictures.push(sizes.size > 1 && options.heightPx === undefined ? undefined : picture);
  }
  const isSized = options.heightPx !== undefined && options.widthPx !== undefined;
  if (sizes.size > 1 && !isSized) {
    const counts = [...sizes].map(([size, count]) => ({ size, count })).sort((a, b) => b.count - a.count);
    diagnostics.push(diagnose.imports.sizesDiffer({ place: { at: "graph" }, sizes: counts }));
  }
  const first = pictures.find((picture) => picture !== undefined);
  if (diagnostics.length > 0 || first === undefined) return { diagnostics };
  const channels = pictures.every((picture) => picture === undefined || picture.channels <= 2) ? 1 : 3;
  const { heightPx, widthPx } = first;
  const size = heightPx * widthPx * channels;
  const bytes = new Uint8Array(files.length * size);
  pictures.forEach((picture, row) => {
    if (picture === undefined) return;
    const { values: pixels } = withChannels(picture, channels);
    for (let k = 0; k < size; k++) bytes[row * size + k] = Math.round((pixels[k] ?? 0) * BYTES_FROM_UNIT);
  });
  const array = writeNpy(bytes, [files.length, heightPx, widthPx, channels]);
  return {
    stack: { type: { is: "image", heightPx, widthPx, channels }, array, ...presence(files) },
    diagnostics,
  };
}

interface SignalType {
  readonly is: "signal";
  readonly samples: number;
  readonly sampleRateHz: number;
}

/** Most recordings keep their whole length; the few longest are cut. */
const KEPT_WHOLE = 0.95;

/** Decodes recordings into one array, padded or cut to one length: the one asked for, or what most of them need. */
export function stackRecordings(
  files: readonly (MediaFile | undefined)[],
  options: ImportOptions,
): Stacked<SignalType> {
  const diagnostics: Diagnostic[] = [];
  const recordings = files.map((file) => {
    const decoded = file === undefined ? undefined : decodeWav(file.bytes);
    if (decoded === undefined || "value" in decoded) return decoded?.value;
    if (file !== undefined) diagnostics.push(unreadable(file.path, "a recording", decoded.problem));
    return undefined;
  });
  const there = recordings.filter((recording) => recording !== undefined);
  const rates = [...new Set(there.map(({ sampleRateHz }) => sampleRateHz))].sort((a, b) => a - b);
  if (rates.length > 1) diagnostics.push(diagnose.imports.ratesDiffer({ place: { at: "graph" }, rates }));
  const sampleRateHz = rates[0];
  if (diagnostics.length > 0 || sampleRateHz === undefined) return { diagnostics };
  const lengths = there.map(({ values }) => values.length).sort((a, b) => a - b);
  const samples = options.samples ?? lengths[Math.ceil(KEPT_WHOLE * lengths.length) - 1] ?? 0;
  if (samples * files.length > MOST_VALUES) return { diagnostics: [tooManyValues()] };
  const values = new Float32Array(files.length * samples);
  recordings.forEach((recording, row) => {
    if (recording !== undefined) values.set(recording.values.subarray(0, samples), row * samples);
  });
  const padded = lengths.filter((length) => length < samples).length;
  const cut = lengths.filter((length) => length > samples).length;
  const evened = diagnose.imports.lengthsEvened({ place: { at: "graph" }, samples, padded, cut });
  const array = writeNpy(values, [files.length, samples]);
  return {
    stack: { type: { is: "signal", samples, sampleRateHz }, array, ...presence(files) },
    diagnostics: padded + cut > 0 ? [evened] : [],
  };
}

function presence(files: readonly unknown[]): { readonly present?: Uint8Array } {
  if (!files.includes(undefined)) return {};
  return {
    present: writeNpy(
      Uint8Array.from(files, (file) => (file === undefined ? 0 : 1)),
      [files.length],
    ),
  };
}

const unreadable = (file: string, expected: string, problem: string): Diagnostic =>
  diagnose.data.fileUnreadable({ place: { at: "cell", file }, expected, problem });

const tooManyValues = (): Diagnostic =>
  diagnose.data.fileTooLarge({
    place: { at: "graph" },
    what: "Numbers in all records",
    seen: `more than ${MOST_VALUES}`,
    limit: String(MOST_VALUES),
  });
