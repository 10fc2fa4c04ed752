import { readFile } from "node:fs/promises";

const PAGE_BYTES = 4_096;
const BYTES_PER_MB = 2 ** 20;

/** A process's resident memory; undefined where the system doesn't tell (only Linux does, without a program to ask). */
export async function residentMb(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined || process.platform !== "linux") return undefined;
  const pages = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => undefined);
  return pages === undefined ? undefined : (Number(pages.split(" ")[1]) * PAGE_BYTES) / BYTES_PER_MB;
}
