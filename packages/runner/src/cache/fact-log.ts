import { createHash } from "node:crypto";
import { appendFile, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** Names and values of everything that decided about an entry. */
export type Facts = Readonly<Record<string, string>>;

const FactsLine = z.record(z.string(), z.string());
/** The newest entries of a stage are enough to say what changed. */
const MOST_BYTES = 256 * 1024;

/** What earlier entries of each stage were made from: one growing file a stage, read from its end. */
export interface FactLog {
  add(facts: Facts): Promise<void>;
  /** The newest entries of a stage, oldest first. */
  of(stage: string): Promise<readonly Facts[]>;
}

/** Opens the log in a folder. */
export function openFactLog(folder: string): FactLog {
  const pathOf = (stage: string): string =>
    join(folder, `${createHash("sha256").update(stage).digest("hex").slice(0, 32)}.jsonl`);
  return {
    add: async (facts) => {
      await mkdir(folder, { recursive: true });
      // One write of one line: lines of several processes don't mix.
      await appendFile(pathOf(facts["stage"] ?? ""), `${JSON.stringify(facts)}\n`);
    },
    of: async (stage) => {
      const lines = (await readEnd(pathOf(stage))).split("\n");
      return lines.flatMap(readLine);
    },
  };
}

/** A line that a crash tore is skipped: these lines only explain. */
function readLine(line: string): Facts[] {
  try {
    const read = FactsLine.safeParse(JSON.parse(line));
    return read.success ? [read.data] : [];
  } catch {
    return [];
  }
}

async function readEnd(path: string): Promise<string> {
  const file = await open(path, "r").catch(() => undefined);
  if (file === undefined) return "";
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - MOST_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.subarray(0, bytesRead).toString("utf8");
  } finally {
    await file.close();
  }
}
