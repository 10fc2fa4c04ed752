"use client";
import type { GraphDocument } from "@seams/core";
import { readFailure } from "@seams/ui";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { apiError, useTRPCClient } from "../trpc";
import { dropDraft, keepDraft } from "./draft-keeper";
import { nextSaveState, type SaveState } from "./save-state";

const QUIET_MS = 800;
const RETRY_MS = 5_000;

/** Which pipeline an editor saves to. A pipeline of the gallery is read-only: its first change goes to a fork. */
export interface SavedPipeline {
  readonly id: string;
  readonly version: number;
  readonly readOnly: boolean;
}

/** What the screen needs to know and do about saving. */
export interface Autosave {
  readonly state: SaveState;
  readonly pipeline: SavedPipeline;
  /** Saves what is not saved yet; resolves to what is stored, or undefined where that failed. */
  readonly saveNow: () => Promise<SavedPipeline | undefined>;
  /** Goes on from another stored version: after a conflict was decided. */
  readonly settle: (pipeline: SavedPipeline, document: GraphDocument) => void;
}

interface AutosaveParts {
  readonly start: SavedPipeline;
  readonly stored: GraphDocument;
  readonly document: GraphDocument;
  /** The pipeline became another one: its first edit forked it. */
  readonly onForked: (id: string) => void;
}

/** Saves a document 800 ms after its last change, one save at a time, and keeps it in this browser until then. */
export function useAutosave({ start, stored, document, onForked }: AutosaveParts): Autosave {
  const client = useTRPCClient();
  const [state, dispatch] = useReducer(nextSaveState, { is: "saved", version: start.version });
  const [pipeline, setPipeline] = useState(start);
  const current = useRef({ pipeline: start, stored, document, onForked, state });
  const running = useRef<Promise<SavedPipeline | undefined>>(undefined);
  useEffect(() => {
    current.current = { ...current.current, document, onForked, state };
  });

  const saveOnce = useCallback(async (): Promise<SavedPipeline | undefined> => {
    const { pipeline: known, document: sent } = current.current;
    if (sent === current.current.stored) return known;
    dispatch({ type: "started" });
    try {
      let target = known;
      if (known.readOnly) {
        const { id, version } = await client.pipelines.create.mutate({ document: sent });
        target = { id, version, readOnly: false };
        current.current.onForked(id);
      } else {
        const { version } = await client.pipelines.save.mutate({
          id: known.id,
          expectedVersion: known.version,
          document: sent,
        });
        target = { ...known, version };
      }
      current.current.pipeline = target;
      current.current.stored = sent;
      setPipeline(target);
      if (current.current.document === sent) dropDraft(localStorage, target.id);
      if (known.id !== target.id) dropDraft(localStorage, known.id);
      dispatch({ type: "stored", version: target.version });
      return target;
    } catch (error) {
      const answer = apiError(error);
      const conflict = answer?.data?.conflict;
      if (
        answer === undefined ||
        answer.data === undefined ||
        answer.data === null ||
        answer.data.httpStatus >= 500
      )
        dispatch({ type: "unanswered" });
      else if (conflict !== undefined && conflict !== null)
        dispatch({ type: "outrun", theirs: conflict.currentVersion });
      else dispatch({ type: "refused", reason: readFailure(error).title });
      return undefined;
    }
  }, [client]);

  const saveNow = useCallback(async (): Promise<SavedPipeline | undefined> => {
    // One at a time: the version that a save expects is the one that the save before it made.
    await running.current;
    running.current = saveOnce();
    return running.current;
  }, [saveOnce]);

  useEffect(() => {
    const { pipeline: known, stored: last, state: now } = current.current;
    if (document === last || now.is === "conflict") return;
    keepDraft(localStorage, known.id, { document, version: known.version });
    const timer = setTimeout(() => void saveNow(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [document, saveNow]);

  useEffect(() => {
    if (state.is !== "offline") return;
    const timer = setInterval(() => void saveNow(), RETRY_MS);
    const online = (): void => void saveNow();
    window.addEventListener("online", online);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", online);
    };
  }, [state.is, saveNow]);

  const settle = useCallback((next: SavedPipeline, document: GraphDocument): void => {
    dropDraft(localStorage, current.current.pipeline.id);
    current.current.pipeline = next;
    current.current.stored = document;
    setPipeline(next);
    dispatch({ type: "stored", version: next.version });
  }, []);
  return { state, pipeline, saveNow, settle };
}
