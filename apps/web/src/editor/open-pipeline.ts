import type { GraphDocument } from "@seams/core";
import type { SavedPipeline } from "./autosave";
import type { Draft } from "./draft-keeper";

/** What an editor starts from. */
export interface OpenedPipeline {
  readonly saved: SavedPipeline;
  /** The newest document that the API has, as far as this editor knows. */
  readonly stored: GraphDocument;
  /** What is shown: the stored document, or changes that this browser kept. */
  readonly document: GraphDocument;
  readonly restored: boolean;
}

/**
 * Brings what the API has and what this browser kept together. A draft goes on from the version that it was made from:
 * where somebody saved since, the next save finds the conflict.
 */
export function openPipeline(
  view: SavedPipeline & { readonly document: GraphDocument },
  draft: Draft | undefined,
): OpenedPipeline {
  const { id, version, readOnly, document } = view;
  const isSame = draft === undefined || JSON.stringify(draft.document) === JSON.stringify(document);
  if (isSame) return { saved: { id, version, readOnly }, stored: document, document, restored: false };
  return {
    saved: { id, version: draft.version, readOnly },
    stored: document,
    document: draft.document,
    restored: true,
  };
}
