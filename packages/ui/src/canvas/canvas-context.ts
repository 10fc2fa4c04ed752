"use client";
import { createContext, useContext } from "react";

/** One end of a wire. */
export interface PortRef {
  readonly stage: string;
  readonly port: string;
  readonly side: "input" | "output";
}

/** What a canvas lets its stages do. A canvas for reading offers nothing. */
export interface CanvasActions {
  readonly editable: boolean;
  /** The stage that holds the canvas' one tab stop. */
  readonly active: string | undefined;
  /** The end that a wire in hand starts from. */
  readonly wire: PortRef | undefined;
  /** A press on a port: starts a wire, or ends one. */
  readonly onPort: (port: PortRef) => void;
  /** Extra content of a stage: progress of a run, for example. */
  readonly progress?: Readonly<Record<string, { readonly fraction: number; readonly words: string }>>;
  /** Marks of a comparison: a stage or link id to how it differs. */
  readonly marks?: Readonly<Record<string, "added" | "removed" | "changed">>;
}

const READING: CanvasActions = {
  editable: false,
  active: undefined,
  wire: undefined,
  onPort: () => undefined,
};

/** Around a canvas. */
export const CanvasContext = createContext<CanvasActions>(READING);
export const useCanvas = (): CanvasActions => useContext(CanvasContext);
