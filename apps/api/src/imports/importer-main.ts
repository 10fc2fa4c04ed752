import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isClean, type SplitName } from "@seams/core";
import { finishImport, importSource } from "@seams/problems/import";
import { safePath } from "@seams/problems/folder";
import type { RecordView } from "../wire";
import { ImportTask, nothingRead, type Imported } from "./importer-messages";

/** Characters of JSON that the records of a preview may take: enough for 20 photographs, little for a page. */
const MOST_PREVIEW_LENGTH = 8_000_000;

process.on("disconnect", () => process.exit(1)); // nobody waits for the answer any more
process.once("message", (message) => {
  void readUpload(ImportTask.parse(message)).then((imported) =>
    process.send?.(imported, () => process.exit(0)),
  );
});

/** Reads an upload, and writes it as a problem folder where it has no errors. */
async function readUpload(task: ImportTask): Promise<Imported> {
  const { fileName, name, schema } = task;
  const { value, diagnostics } = await importSource({
    name: fileName,
    content: new Uint8Array(await readFile(task.path)),
    options: { ...(name === "" ? {} : { name }), ...(schema === undefined ? {} : { schema }) },
  });
  if (value === undefined) return nothingRead(diagnostics, schema);
  const count = (part: SplitName): number => value.data.split.filter((split) => split === part).length;
  const rows = { train: count("train"), validation: count("validation"), test: count("test") };
  const preview = { records: asManyAsFit(value.records), schema: value.document, rows, diagnostics };
  if (!isClean(diagnostics)) return { preview };
  for (const [path, content] of Object.entries(finishImport(value))) {
    const safe = safePath(path);
    if (safe === undefined) throw new Error(`import: ${path} would leave the problem's folder`);
    const target = join(task.folder, safe);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { flag: "wx", flush: true });
  }
  return {
    preview,
    problem: { name: value.schema.name, title: value.schema.title, hash: value.data.hash, rows },
  };
}

/** The first records whose values together are not too long to send. */
function asManyAsFit(records: readonly RecordView[]): readonly RecordView[] {
  let length = 0;
  const tooMany = records.findIndex((record) => {
    length += JSON.stringify(record).length;
    return length > MOST_PREVIEW_LENGTH;
  });
  return tooMany < 0 ? records : records.slice(0, tooMany);
}
