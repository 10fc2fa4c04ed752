import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Diagnostic } from "@seams/core";
import { createProblem, readProblem } from "@seams/db";
import { HttpRefusal } from "../http/exchange";
import { problemFolder } from "../library/problem-library";
import type { Services } from "../services";
import type { ImportPreview } from "../wire";
import type { Imported } from "./importer-messages";
import { runImporter } from "./importer-process";
import type { Upload } from "./upload";

const EXPIRE_MS = 30 * 60_000;
const MOST_OPEN = 4;
const MAX_ID = 48;

/** What confirming an import came to. */
export type Stored =
  | { readonly is: "stored"; readonly id: string }
  | { readonly is: "refused"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly is: "gone" };

/** Imports between their upload and their confirmation. */
export interface ImportDesk {
  /** Receives a file, reads it apart from this process, and keeps it for a while. */
  open(receive: (path: string) => Promise<Upload>): Promise<ImportPreview>;
  /** Stores the import as a problem; a corrected schema makes it be read again. */
  confirm(
    services: Services,
    wanted: { readonly importId: string; readonly schema?: unknown },
  ): Promise<Stored>;
  discard(importId: string): Promise<void>;
  close(): Promise<void>;
}

interface OpenImport {
  readonly upload: Upload;
  readonly imported: Imported;
  readonly expiry: NodeJS.Timeout;
}

/** Opens the desk; what an earlier run left unconfirmed is thrown away. */
export async function openImportDesk(home: string): Promise<ImportDesk> {
  const desk = join(home, "imports");
  await rm(desk, { recursive: true, force: true });
  await mkdir(desk, { recursive: true });
  const waiting = new Map<string, OpenImport>();
  const folderOf = (importId: string): string => join(desk, importId);

  const discard = async (importId: string): Promise<void> => {
    const found = waiting.get(importId);
    if (!found) return;
    clearTimeout(found.expiry);
    waiting.delete(importId);
    await rm(folderOf(importId), { recursive: true, force: true });
  };

  return {
    discard,
    open: async (receive) => {
      const importId = randomUUID();
      const folder = folderOf(importId);
      await mkdir(folder);
      try {
        const upload = await receive(join(folder, "upload"));
        const imported = await runImporter({ upload, folder: join(folder, "problem") });
        const [oldest] = waiting.keys();
        if (waiting.size >= MOST_OPEN && oldest !== undefined) await discard(oldest);
        const expiry = setTimeout(() => void discard(importId), EXPIRE_MS);
        expiry.unref();
        waiting.set(importId, { upload, imported, expiry });
        return { importId, preview: imported.preview };
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
    },
    confirm: async (services, { importId, schema }) => {
      const found = waiting.get(importId);
      if (!found) return { is: "gone" };
      waiting.delete(importId); // a second click, while this one works, finds nothing to store twice
      try {
        const folder = join(folderOf(importId), schema === undefined ? "problem" : "corrected");
        const imported =
          schema === undefined ? found.imported : await readAgain(found.upload, folder, schema);
        if (!imported.problem) return { is: "refused", diagnostics: imported.preview.diagnostics };
        const id = await store(services, folder, { ...imported.problem, source: found.upload.fileName });
        clearTimeout(found.expiry);
        await rm(folderOf(importId), { recursive: true, force: true });
        return { is: "stored", id };
      } finally {
        if (existsSync(folderOf(importId))) waiting.set(importId, found);
      }
    },
    close: async () => {
      for (const importId of [...waiting.keys()]) await discard(importId);
    },
  };
}

async function readAgain(upload: Upload, folder: string, schema: unknown): Promise<Imported> {
  await rm(folder, { recursive: true, force: true });
  return runImporter({ upload, folder, schema });
}

interface NewProblem {
  readonly name: string;
  readonly title: string;
  readonly hash: string;
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly source: string;
}

/** First the folder under its final name, complete and on the disk, then the row that makes it a problem. */
async function store(services: Services, folder: string, problem: NewProblem): Promise<string> {
  const id = await freeId(services, problem.name);
  const path = join(folder, "problem.json");
  // The name in the document is what pipelines call the problem by: it has to be the id.
  const document: unknown = JSON.parse(await readFile(path, "utf8"));
  if (typeof document !== "object" || document === null) throw new Error("import: problem.json is no object");
  await writeFile(path, `${JSON.stringify({ ...document, name: id }, null, 2)}\n`, { flush: true });
  const target = problemFolder(services.home, id);
  await mkdir(dirname(target), { recursive: true });
  await rename(folder, target);
  await flushFolder(dirname(target));
  const { title, hash, rows, source } = problem;
  if (await createProblem(services.database, { id, title, hash, source: source.slice(0, 200), ...rows }))
    return id;
  await rm(target, { recursive: true, force: true });
  throw new HttpRefusal("TOO_MANY_REQUESTS", "Another import took the same name at this moment. Try again.");
}

async function freeId(services: Services, name: string): Promise<string> {
  const base = slug(name);
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`;
    const isTaken =
      existsSync(problemFolder(services.home, id)) ||
      (await services.library.find(id)) ||
      (await readProblem(services.database, id));
    if (!isTaken) return id;
  }
}

/** Letters, digits and dashes, a letter first: the one form of a problem's id. */
function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+|-+$/g, "")
    .slice(0, MAX_ID);
  return plain === "" ? "imported" : plain;
}

async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().catch(() => undefined); // not every system can
  await handle.close();
}
