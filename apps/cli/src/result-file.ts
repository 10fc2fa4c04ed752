import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "./exit";
import { REPORT_MARK } from "./report/comparison-report";

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

/**
 * A report replaces an earlier report, and nothing else.
 * @throws UsageError
 */
export async function checkReportFile(path: string, graphs: readonly string[]): Promise<void> {
  if (graphs.some((graph) => resolve(graph) === resolve(path)))
    throw new UsageError(`--report would overwrite the pipeline ${path}.`);
  const text = await readFile(path, "utf8").catch(() => "");
  if (text === "" || text.includes(REPORT_MARK)) return;
  throw new UsageError(
    `--report ${path}: the file is there and is no report of Seams; it is not overwritten.`,
  );
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
 * @param option that named it
 * @throws UsageError where the place cannot be written to
 */
export async function writeResultFile(path: string, text: string, option = "--json"): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(
      `${option} ${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
