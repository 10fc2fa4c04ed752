import { Buffer } from "node:buffer";
import { diagnose, type Diagnostic } from "@seams/core";
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from "yauzl";
import { type FileSource, memorySource, safePath } from "../folder/file-source";

/** What one archive may hold. */
export const ZIP_LIMITS = {
  entries: 10_000,
  /** Of all entries together, unpacked. */
  bytes: 200_000_000,
  entryBytes: 50_000_000,
  /** Unpacked bytes for one packed byte. */
  ratio: 100,
  /** Below this size no ratio is asked for: a blank image packs well and harms nobody. */
  ratioFromBytes: 1_000_000,
};

/** Endings of archives; inside an archive none is opened. */
const ARCHIVE = /\.(zip|npz|gz|tgz|bz2|xz|zst|7z|rar|tar|jar)$/i;
/** Files that systems leave in archives, and folders' own entries. */
const LEFT_OVER = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/;

/** An archive's files in memory, or why it was refused. */
export type Unpacked =
  | { readonly files: FileSource; readonly diagnostics: readonly Diagnostic[] }
  | { readonly files: undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * Unpacks a zip archive into memory. Everything that its directory says is checked before a byte is unpacked; then the
 * bytes that really come out are counted. Names are never used as paths of a disk.
 */
export async function readZip(name: string, bytes: Uint8Array): Promise<Unpacked> {
  const refuse = (problem: string): Unpacked => ({
    files: undefined,
    diagnostics: [diagnose.imports.archiveRefused({ place: { at: "cell", file: name }, problem })],
  });
  let zip: ZipFile;
  try {
    zip = await open(bytes);
  } catch (error) {
    return refuse(words(error));
  }
  if (zip.entryCount > ZIP_LIMITS.entries)
    return tooLarge(name, `${zip.entryCount} entries`, `${ZIP_LIMITS.entries}`);
  try {
    const entries = await listEntries(zip);
    const found = checkEntries(name, entries);
    if (found.length > 0) return { files: undefined, diagnostics: found };
    const files: [string, Uint8Array][] = [];
    let total = 0;
    for (const { entry, path: written } of entries) {
      const path = safePath(written);
      if (path === undefined || written.endsWith("/") || LEFT_OVER.test(written)) continue;
      const content = await readEntry(zip, { entry, path });
      total += content.length;
      if (total > ZIP_LIMITS.bytes)
        return tooLarge(name, `more than ${ZIP_LIMITS.bytes} bytes`, `${ZIP_LIMITS.bytes} bytes`);
      if (content[0] === 0x50 && content[1] === 0x4b && content[2] === 3)
        return refuse(`${path} is an archive itself`);
      files.push([path, content]);
    }
    return { files: memorySource(Object.fromEntries(files)), diagnostics: [] };
  } catch (error) {
    return refuse(words(error));
  }
}

function tooLarge(file: string, seen: string, limit: string): Unpacked {
  return {
    files: undefined,
    diagnostics: [
      diagnose.data.fileTooLarge({ place: { at: "cell", file }, what: "The archive", seen, limit }),
    ],
  };
}

const words = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");

function open(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Names are decoded and checked here, so that every bad one is told; yauzl would stop at the first.
  return fromBufferPromise(buffer, { autoClose: false, validateEntrySizes: true, decodeStrings: false });
}

interface ZipEntry {
  readonly path: string;
  readonly entry: Entry;
}

async function listEntries(zip: ZipFile): Promise<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for await (const entry of zip.eachEntry()) {
    const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
    entries.push({ entry, path: getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true) });
  }
  return entries;
}

/** What is wrong with an archive as its directory describes it. */
function checkEntries(file: string, entries: readonly ZipEntry[]): readonly Diagnostic[] {
  const place = { at: "cell", file } as const;
  const found: Diagnostic[] = [];
  const refuse = (problem: string): void => {
    if (found.length < 20) found.push(diagnose.imports.archiveRefused({ place, problem }));
  };
  let unpacked = 0;
  for (const { entry, path } of entries) {
    const { uncompressedSize, compressedSize } = entry;
    unpacked += uncompressedSize;
    if (safePath(path) === undefined && found.length < 20)
      found.push(diagnose.data.pathUnsafe({ place, path }));
    if (entry.isEncrypted()) refuse(`${path} is encrypted`);
    if (isLink(entry)) refuse(`${path} is a link`);
    if (ARCHIVE.test(path)) refuse(`${path} is an archive itself`);
    if (uncompressedSize > ZIP_LIMITS.entryBytes)
      refuse(`${path} is ${uncompressedSize} bytes, and at most ${ZIP_LIMITS.entryBytes} are allowed`);
    if (
      uncompressedSize > ZIP_LIMITS.ratioFromBytes &&
      uncompressedSize > ZIP_LIMITS.ratio * compressedSize
    ) {
      refuse(`${path} unpacks to more than ${ZIP_LIMITS.ratio} times its size`);
    }
  }
  if (unpacked > ZIP_LIMITS.bytes) {
    const facts = { what: "The archive", seen: `${unpacked} bytes`, limit: `${ZIP_LIMITS.bytes} bytes` };
    found.push(diagnose.data.fileTooLarge({ place, ...facts }));
  }
  if (overlap(entries)) refuse("some of its files share the same bytes");
  return found;
}

/** Unix keeps a file's kind in the upper half of the attributes: 0xA000 is a symbolic link. */
const isLink = ({ externalFileAttributes }: Entry): boolean =>
  ((externalFileAttributes >>> 16) & 0xf000) === 0xa000;

/** True where the packed bytes of two entries overlap: how small archives unpack to endless ones. */
function overlap(entries: readonly ZipEntry[]): boolean {
  const ranges = entries
    .map(({ entry: { relativeOffsetOfLocalHeader: start, compressedSize, fileNameLength } }) => ({
      start,
      end: start + 30 + fileNameLength + compressedSize,
    }))
    .sort((a, b) => a.start - b.start);
  return ranges.some(({ start }, k) => k > 0 && start < (ranges[k - 1]?.end ?? 0));
}

async function readEntry(zip: ZipFile, { entry, path }: ZipEntry): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    // A stream of a zip entry gives buffers.
    const bytes = piece as Uint8Array;
    length += bytes.length;
    if (length > ZIP_LIMITS.entryBytes) throw new Error(`${path} unpacks to more than it says`);
    pieces.push(bytes);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
