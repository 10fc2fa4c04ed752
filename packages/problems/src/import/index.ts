export { finishImport, importSource } from "./import-source";
export type { ImportOptions, ImportPreview, ImportSource, PreviewRecord, ProblemJson } from "./source";
export { ZIP_LIMITS } from "./zip-node";
