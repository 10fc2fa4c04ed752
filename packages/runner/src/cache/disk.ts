import { readFile, rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { differences, type PredictionStore, type StageCache } from "@seams/core/train";
import { type Entry, readEntry, writeEntry } from "./entry";
import { openFactLog } from "./fact-log";
import { holdLock, isError } from "./lock";
import { replaceFile } from "./replace-file";
import {
  artifactEntry,
  checkpointEntry,
  predictionEntry,
  readArtifact,
  readCheckpoint,
  readPrediction,
} from "./stored";
import { sweep } from "./sweep";

/** Below these the cache's size is looked at again only after so much was written. */
const SWEEP_EVERY_BYTES = 64 * 2 ** 20;
const BEFORE = ".before";
/** Larger predictions are not worth their place: with networks of the sizes trained here they come from few layers. */
const MOST_PREDICTION_BYTES = 16 * 2 ** 20;

/** How the disk cache behaves. */
export interface CacheOptions {
  /** What was used longest ago goes when the cache is larger. */
  readonly bytes?: number;
  /** Told of damaged files, which are then as if they weren't there. */
  readonly onNotice?: (words: string) => void;
}

/** The cache on disk: phases and predictions for `execute`, and whole results by key. */
export interface DiskCache extends StageCache {
  /** A JSON value that was kept under a key of its own kind. */
  getResult(key: string): Promise<unknown>;
  putResult(key: string, result: unknown): Promise<void>;
  readonly predictions: PredictionStore;
}

/** Where a home's cache lies. */
export const cacheFolder = (home: string): string => join(home, "cache");

/**
 * Opens the cache of a home. Many processes may use one at a time. Every file is written whole or not at all, and is
 * hashed again when it is read: damaged, truncated or exchanged files are misses.
 */
export function openCache(home: string, options: CacheOptions = {}): DiskCache {
  const folder = cacheFolder(home);
  const files = openFiles(folder, options);
  const facts = openFactLog(join(folder, "facts"));
  const checkpointPath = (key: string): string => join(folder, "checkpoints", fileName(key));
  return {
    get: async (key) => {
      const entry = await files.read(entryPath(folder, "stages", key), { is: "artifact", key });
      return entry && readArtifact(entry);
    },
    put: async (key, artifact, about) => {
      await files.write(entryPath(folder, "stages", key), artifactEntry(key, artifact));
      await facts.add(about);
      const checkpoint = checkpointPath(key);
      await Promise.all([rm(checkpoint, { force: true }), rm(checkpoint + BEFORE, { force: true })]);
    },
    explainMiss: async (about) => differences(await facts.of(about["stage"] ?? ""), about),
    getCheckpoint: async (key) => {
      const path = checkpointPath(key);
      const wanted = { is: "checkpoint", key } as const;
      const entry = (await files.read(path, wanted)) ?? (await files.read(path + BEFORE, wanted));
      return entry && readCheckpoint(entry);
    },
    putCheckpoint: async (key, checkpoint) => {
      const path = checkpointPath(key);
      // The one before stays: should this one be damaged on the disk, not everything is lost.
      await rename(path, path + BEFORE).catch(ignoreMissing);
      await files.write(path, checkpointEntry(key, checkpoint));
    },
    lock: (key, signal) => holdLock(join(folder, "locks", `${fileName(key)}.lock`), signal),
    getResult: async (key) =>
      (await files.read(entryPath(folder, "trials", key), { is: "trial", key }))?.facts,
    putResult: (key, result) =>
      files.write(entryPath(folder, "trials", key), { is: "trial", key, facts: result, arrays: {} }),
    predictions: {
      get: async (key) => {
        const entry = await files.read(entryPath(folder, "predictions", key), { is: "prediction", key });
        return entry && readPrediction(entry);
      },
      put: async (key, prediction) => {
        if (prediction.raw.byteLength > MOST_PREDICTION_BYTES) return;
        await files.write(entryPath(folder, "predictions", key), predictionEntry(key, prediction));
      },
    },
  };
}

/** Keys are hashes; whatever else one might be, it leaves no folder. */
const fileName = (key: string): string => key.replaceAll(/[^0-9A-Za-z_-]/g, "_");

const entryPath = (folder: string, shelf: "stages" | "trials" | "predictions", key: string): string =>
  join(folder, shelf, fileName(key).slice(0, 2), fileName(key));

function ignoreMissing(error: unknown): void {
  if (!isError(error, "ENOENT")) throw error;
}

interface EntryFiles {
  read(path: string, wanted: Pick<Entry, "is" | "key">): Promise<Entry | undefined>;
  write(path: string, entry: Entry): Promise<void>;
}

/**
 * Bytes that this process has written since it looked at a folder's size. Caches of one folder share them: every trial
 * opens its own, and looking asks for the size of every file.
 */
const writtenSince = new Map<string, number>();

function openFiles(folder: string, { bytes: limit, onNotice }: CacheOptions): EntryFiles {
  return {
    read: async (path, wanted) => {
      const bytes = await readFile(path).catch(() => undefined);
      if (bytes === undefined) return undefined;
      const entry = readEntry(bytes, wanted);
      if (entry === undefined) onNotice?.(`Ignoring a damaged file in the cache: ${path}`);
      else await touch(path);
      return entry;
    },
    write: async (path, entry) => {
      const bytes = writeEntry(entry);
      await replaceFile(path, bytes);
      // The first write looks at what earlier processes left.
      const written = (writtenSince.get(folder) ?? SWEEP_EVERY_BYTES) + bytes.length;
      const isLooking = limit !== undefined && written >= Math.min(SWEEP_EVERY_BYTES, limit);
      writtenSince.set(folder, isLooking ? 0 : written);
      if (!isLooking) return;
      await sweep(folder, { bytes: limit, now: Date.now() });
    },
  };
}

/** Marks a file as used now. Only the order in which files are removed hangs on it. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
}
