import { createRequire } from "node:module";
import { join } from "node:path";
import type { Tensor, Tf } from "@seams/core/train";
import { readyNative } from "../../native/place.mjs";

/** It is no dependency: `npm run native` makes it, in a folder of its own. */
const NATIVE = "@tensorflow/tfjs-node";

/** A TensorFlow op's attribute as tfjs-node hands it on. */
export interface OpAttribute {
  readonly name: string;
  /** One of the binding's TF_ATTR_… */
  readonly type: number;
  readonly value: unknown;
}

/** What tfjs-node keeps of a tensor. */
export interface NativeTensor {
  readonly id: number;
  /** A TensorFlow data type. */
  readonly dtype: number;
  readonly shape: readonly number[];
  /** Values that no op has needed yet. */
  readonly values: ArrayLike<number> | null;
}

type DataId = Tensor["dataId"];

/** The parts of tfjs-node 4.22's backend that programs are recorded with and run by. Not its public interface: pinned. */
export interface NativeBackend {
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_ATTR_STRING: number;
    readonly TF_ATTR_INT: number;
    readonly TF_ATTR_FLOAT: number;
    readonly TF_ATTR_BOOL: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_SHAPE: number;
  };
  readonly tensorMap: { get(id: DataId): NativeTensor; has(id: DataId): boolean };
  executeSingleOutput(op: string, attributes: readonly OpAttribute[], inputs: readonly Tensor[]): Tensor;
  executeMultipleOutputs(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly Tensor[],
    count: number,
  ): Tensor[];
  readSync(id: DataId): ArrayLike<number>;
  /** Loads the graph in a folder with one `saved_model.pb`; gives the session's number. */
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  /** Runs a session: tensors by the names `name:index` of the graph's values. */
  runSavedModel(
    session: number,
    inputs: readonly Tensor[],
    names: readonly { readonly name: string }[],
    outputs: readonly string[],
  ): Tensor[];
  deleteSavedModel(session: number): void;
}

/** Whether `npm run native` was run here. */
export const isNativeInstalled = (): boolean => readyNative() !== undefined;

/** Which tfjs-node there is, told without loading it. */
export function nativeVersion(): string {
  const ready = readyNative();
  return ready === undefined ? "none" : `tfjs-node-${ready.tfjsNode}+libtensorflow-${ready.tensorflow}`;
}

/**
 * Adds tfjs-node's backend to tfjs. It brings a tfjs of its own, which would warn that what both have is already there.
 * @throws Error when there is none, or its binary does not load
 */
export function loadTfjsNode(tf: Tf): void {
  const ready = readyNative();
  if (ready === undefined)
    throw new Error("The native backend is not installed here: npm run native makes it.");
  const load = createRequire(join(ready.folder, "package.json"));
  const isQuiet = tf.env().getBool("PROD");
  tf.env().set("PROD", true); // tfjs does not warn in production
  try {
    if (ready.quiet !== undefined) load(ready.quiet);
    load(NATIVE);
  } finally {
    tf.env().set("PROD", isQuiet);
  }
}

/**
 * The native backend, once it is tfjs' current one.
 * @throws Error when the current one is another
 */
export function nativeBackend(tf: Tf): NativeBackend {
  const backend: unknown = tf.backend();
  if (!isNative(backend)) throw new Error("native: tfjs' current backend is not tfjs-node.");
  return backend;
}

const isNative = (backend: unknown): backend is NativeBackend =>
  typeof backend === "object" &&
  backend !== null &&
  "binding" in backend &&
  "executeSingleOutput" in backend &&
  "loadSavedModelMetaGraph" in backend;
