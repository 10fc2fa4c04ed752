import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tensor } from "@seams/core/train";
import type { Machine } from "../machine";
import { TAG } from "./graph";
import { nativeBackend } from "./tfjs-node";

/** A graph that TensorFlow has loaded. */
export interface Session {
  /**
   * @param feeds tensors by the placeholders' names; they are read, not kept
   * @param fetches values to get
   * @returns a tensor for each, which the caller disposes
   */
  run(feeds: ReadonlyMap<string, Tensor>, fetches: readonly string[]): readonly Tensor[];
  dispose(): void;
}

/**
 * Loads a graph by tfjs-node's own way for saved models. The folder is there for the moment of loading only, and each
 * session has its own.
 */
export function openSession(machine: Machine, savedModel: Uint8Array): Session {
  machine.use();
  const backend = nativeBackend(machine.tf);
  const folder = mkdtempSync(join(tmpdir(), "seams-native-"));
  let session: number;
  try {
    writeFileSync(join(folder, "saved_model.pb"), savedModel);
    session = backend.loadSavedModelMetaGraph(folder, TAG);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    run: (feeds, fetches) =>
      backend.runSavedModel(
        session,
        [...feeds.values()],
        [...feeds.keys()].map(named),
        fetches.map(valueName),
      ),
    dispose: () => backend.deleteSavedModel(session),
  };
}

const named = (node: string): { readonly name: string } => ({ name: valueName(node) });

/** The binding wants an index behind every name. */
const valueName = (value: string): string => (value.includes(":") ? value : `${value}:0`);
