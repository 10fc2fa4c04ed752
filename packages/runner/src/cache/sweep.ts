import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { TEMPORARY } from "./replace-file";

/** Older temporary files belong to nobody any more. */
const ABANDONED_MS = 3_600_000;

interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** What lies in a cache folder. */
export interface CacheSize {
  readonly files: number;
  readonly bytes: number;
}

/** Counts the files below a folder. */
export async function measureFolder(folder: string): Promise<CacheSize> {
  const files = await findFiles(folder);
  return { files: files.length, bytes: sumOf(files) };
}

/**
 * Removes what was used longest ago until the folder is below its limit, and temporary files that a crash left behind.
 * @returns the size that is left
 */
export async function sweep(
  folder: string,
  { bytes, now }: { readonly bytes: number; readonly now: number },
): Promise<number> {
  const files = await findFiles(folder);
  const kept: FoundFile[] = [];
  for (const file of files) {
    if (file.path.endsWith(TEMPORARY) && now - file.usedMs > ABANDONED_MS)
      await rm(file.path, { force: true });
    else kept.push(file);
  }
  let left = sumOf(kept);
  for (const file of kept.sort((a, b) => a.usedMs - b.usedMs)) {
    if (left <= bytes) break;
    if (file.path.endsWith(".lock")) continue;
    await rm(file.path, { force: true });
    left -= file.bytes;
  }
  return left;
}

const sumOf = (files: readonly FoundFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

async function findFiles(folder: string): Promise<readonly FoundFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: FoundFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const about = await stat(path).catch(() => undefined); // may have been removed by another process
    if (about !== undefined) found.push({ path, bytes: about.size, usedMs: about.mtimeMs });
  }
  return found;
}
