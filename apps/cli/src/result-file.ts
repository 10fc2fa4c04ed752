import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "./exit";

/**
 * `--json FILE` reads like `--json GRAPH` when the file's name was forgotten: a file that is there and no earlier result
 * is never overwritten. Said before anything is trained.
 * @throws UsageError
 */
export async function checkResultFile(path: string, graphs: readonly string[]): Promise<void> {
  if (graphs.some((graph) => resolve(graph) === resolve(path)))
    throw new UsageError(`--json would overwrite the pipeline ${path}.`);
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UsageError(
      `--json ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  if (text === undefined || text === "" || isResult(text)) return;
  throw new UsageError(`--json ${path}: the file is there and holds no comparison; it is not overwritten.`);
}

function isResult(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && Object.hasOwn(value, "cells");
  } catch {
    return false;
  }
}

/**
 * Writes a file whole or not at all.
 * @throws UsageError where the place cannot be written to
 */
export async function writeResultFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(
      `--json ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
