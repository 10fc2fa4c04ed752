import { type GraphDocument, readGraphDocument } from "@seams/core";

/** A document that this browser keeps until the API has it. */
export interface Draft {
  readonly document: GraphDocument;
  /** The stored version that it was made from. */
  readonly version: number;
}

/** The part of `localStorage` that drafts need. */
export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const keyOf = (pipeline: string): string => `seams-draft:${pipeline}`;

/** Keeps a draft. A full or forbidden storage keeps nothing: the page itself still has the document. */
export function keepDraft(storage: DraftStorage, pipeline: string, { document, version }: Draft): void {
  try {
    storage.setItem(keyOf(pipeline), JSON.stringify({ version, document: JSON.stringify(document) }));
  } catch {
    // Nothing else to do: saving to the API is tried all the same.
  }
}

/** Reads a draft back; what is damaged counts as none. */
export function readDraft(storage: DraftStorage, pipeline: string): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(pipeline)) ?? "null");
    if (typeof kept !== "object" || kept === null || !("version" in kept) || !("document" in kept))
      return undefined;
    if (typeof kept.version !== "number" || typeof kept.document !== "string") return undefined;
    const document = readGraphDocument(kept.document).value;
    return document === undefined ? undefined : { document, version: kept.version };
  } catch {
    return undefined; // damaged, or storage is forbidden
  }
}

/** Forgets a draft: the API has it. */
export function dropDraft(storage: DraftStorage, pipeline: string): void {
  try {
    storage.removeItem(keyOf(pipeline));
  } catch {
    // Storage is forbidden: there was no draft.
  }
}
