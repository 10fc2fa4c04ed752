import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const PAGE_BYTES = 4_096;
const BYTES_PER_MB = 2 ** 20;

/**
 * Flags of our child processes, however we were started ourselves: no text ever becomes code in a process that reads
 * what people send, and sources run as they are.
 */
export const CHILD_FLAGS: readonly string[] = [
  "--disallow-code-generation-from-strings",
  "--import",
  pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href,
];

/** A process's resident memory; undefined where the system doesn't tell (only Linux does, without a program to ask). */
export async function residentMb(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined || process.platform !== "linux") return undefined;
  const pages = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => undefined);
  return pages === undefined ? undefined : (Number(pages.split(" ")[1]) * PAGE_BYTES) / BYTES_PER_MB;
}
