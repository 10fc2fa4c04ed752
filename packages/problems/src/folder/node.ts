import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";
import { type FileSource, safePath } from "./file-source";

/** A folder on disk. Links that lead out of it are as if they weren't there. */
export function folderSource(path: string): FileSource {
  const root = resolve(path);
  const inside = async (relative: string): Promise<string | undefined> => {
    const safe = safePath(relative);
    if (safe === undefined) return undefined;
    try {
      const real = await realpath(join(root, safe));
      return real.startsWith((await realpath(root)) + sep) && (await stat(real)).isFile() ? real : undefined;
    } catch {
      return undefined; // Not there, or not ours to read: the caller says that the file is missing.
    }
  };
  return {
    list: async () => {
      const entries = await readdir(root, { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(root.length + 1)
            .replaceAll(sep, "/"),
        )
        .sort();
    },
    read: async (relative) => {
      const real = await inside(relative);
      return real === undefined ? undefined : readFile(real);
    },
  };
}
