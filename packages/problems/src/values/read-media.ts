import { describeType, diagnose, type FieldType, type FieldTypeOf } from "@seams/core";
import { parseNpy } from "../arrays/npy";
import { arrayCells, innerShape } from "../arrays/cells";
import { type FileSource, safePath } from "../folder/file-source";
import { decodeJpeg, isJpeg } from "../media/jpeg";
import { type Decoded, type Picture, withChannels } from "../media/picture";
import { decodePng, isPng } from "../media/png";
import { decodeWav } from "../media/wav";
import { readValue, sequenceOf } from "./read-value";
import { there, type Value, wrong } from "./value";

const MEDIA = /\.(png|jpe?g|wav|npy)$/i;

/** True for a cell that names a file with a value in it. */
export const namesFile = (cell: unknown, type: FieldType): cell is string =>
  typeof cell === "string" && type.is !== "text" && type.is !== "label" && MEDIA.test(cell.trim());

/** Reads the value that a file holds, by its path inside the folder. */
export async function readFileValue(type: FieldType, path: string, files: FileSource): Promise<Value> {
  const safe = safePath(path.trim());
  if (safe === undefined) return wrong((place) => diagnose.data.pathUnsafe({ place, path }));
  const bytes = await files.read(safe);
  if (bytes === undefined) return wrong((place) => diagnose.data.fileMissing({ place, file: path.trim() }));
  if (/\.npy$/i.test(safe)) return fromNpy(type, bytes, path);
  if (type.is === "image" && !/\.wav$/i.test(safe)) return fromPicture(type, decodePicture(bytes), path);
  if (type.is === "signal" && /\.wav$/i.test(safe)) return fromWav(type, bytes, path);
  return wrong((place) =>
    diagnose.data.cellWrongType({ place, expected: describeType(type), seen: `the file ${path.trim()}` }),
  );
}

/** Decodes a PNG or JPEG file, whichever its first bytes say it is. */
export function decodePicture(bytes: Uint8Array): Decoded<Picture> {
  if (isPng(bytes)) return decodePng(bytes);
  return isJpeg(bytes) ? decodeJpeg(bytes) : { problem: "it is neither PNG nor JPEG" };
}

const unreadable = (path: string, expected: string, problem: string): Value =>
  wrong((place) =>
    diagnose.data.fileUnreadable({ place, expected: `${expected} in ${path.trim()}`, problem }),
  );

function fromPicture(type: FieldTypeOf<"image">, decoded: Decoded<Picture>, path: string): Value {
  if ("problem" in decoded) return unreadable(path, "an image", decoded.problem);
  const { heightPx, widthPx } = decoded.value;
  if (heightPx !== type.heightPx || widthPx !== type.widthPx || type.channels > 4) {
    const seen = `${heightPx}×${widthPx} in ${path.trim()}`;
    return wrong((place) => diagnose.data.cellWrongSize({ place, expected: describeType(type), seen }));
  }
  return there(withChannels(decoded.value, type.channels).values);
}

function fromWav(type: FieldTypeOf<"signal">, bytes: Uint8Array, path: string): Value {
  const decoded = decodeWav(bytes);
  if ("problem" in decoded) return unreadable(path, "a recording", decoded.problem);
  const { values, sampleRateHz } = decoded.value;
  if (values.length !== type.samples || sampleRateHz !== type.sampleRateHz) {
    const seen = `${values.length} samples at ${sampleRateHz} Hz in ${path.trim()}`;
    return wrong((place) => diagnose.data.cellWrongSize({ place, expected: describeType(type), seen }));
  }
  return there(values);
}

function fromNpy(type: FieldType, bytes: Uint8Array, path: string): Value {
  const parsed = parseNpy(bytes);
  if ("problem" in parsed) return unreadable(path, "an array", parsed.problem);
  const { array } = parsed;
  const one = { ...array, shape: [1, ...array.shape] };
  const cell = arrayCells(type, one);
  if (cell === undefined) {
    const expected = innerShape(type);
    return wrong((place) => diagnose.data.arrayWrongShape({ place, expected, seen: array.shape }));
  }
  return readValue(type, cell(0), { texts: false });
}

/** Reads a list of paths as a sequence. */
export async function readFileSequence(
  type: FieldTypeOf<"sequence">,
  cells: readonly unknown[],
  files: FileSource,
): Promise<Value> {
  const elements: Value[] = [];
  for (const cell of cells) {
    elements.push(
      namesFile(cell, type.of)
        ? await readFileValue(type.of, cell, files)
        : readValue(type.of, cell, { texts: false }),
    );
  }
  return sequenceOf(type, elements);
}
