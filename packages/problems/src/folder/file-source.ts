/** Where a problem folder's files come from: a disk, an upload, memory. Paths use `/` and are relative to the folder. */
export interface FileSource {
  /** Every file below the folder. */
  list(): Promise<readonly string[]>;
  /** A file's bytes; undefined where it isn't there. */
  read(path: string): Promise<Uint8Array | undefined>;
}

/** Files in memory, by path. Texts are written as UTF-8. */
export function memorySource(files: Readonly<Record<string, Uint8Array | string>>): FileSource {
  const bytes = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    ]),
  );
  return {
    list: () => Promise.resolve([...bytes.keys()].sort()),
    read: (path) => Promise.resolve(bytes.get(path)),
  };
}

/**
 * A path as it is used below a folder: without `.` steps, with `/` between steps. Undefined for every path that leaves
 * the folder or could mean something else to a file system: `..`, drives, schemes, leading slashes, NUL.
 */
export function safePath(path: string): string | undefined {
  const written = path.replaceAll("\\", "/");
  if (written === "" || written.startsWith("/") || /[\u0000-\u001f:]/.test(written)) return undefined;
  const steps = written.split("/").filter((step) => step !== "." && step !== "");
  if (steps.length === 0 || steps.some((step) => /^\.+\s*$/.test(step.trim()))) return undefined;
  return steps.join("/");
}
