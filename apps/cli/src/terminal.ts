import { writeSync } from "node:fs";
import colors from "picocolors";
import { writingSettings } from "./env";

type Colors = ReturnType<typeof colors.createColors>;

/** Where a command writes: data to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** A line that the next one replaces; only on a terminal. */
  progress(line: string): void;
  /** Takes the progress line away. */
  clearProgress(): void;
  readonly hasProgress: boolean;
  readonly colors: { readonly out: Colors; readonly err: Colors };
}

const ERASE_LINE = "\r\u001b[2K";
const DEFAULT_COLUMNS = 80;
const REDRAW_MS = 100;

/** This process' terminal, or files and pipes in its place. */
export function openTerminal(): Terminal {
  const { isPlain } = writingSettings();
  const hasProgress = process.stderr.isTTY === true && !isPlain;
  let isShown = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  const clearProgress = (): void => {
    if (isShown) process.stderr.write(ERASE_LINE);
    isShown = false;
    drawnAt = Number.NEGATIVE_INFINITY;
  };
  // A reader that has seen enough (`| head`) is no mistake.
  process.stdout.on("error", (error) => {
    if ("code" in error && error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    out: (text) => {
      clearProgress();
      process.stdout.write(text);
    },
    err: (text) => {
      clearProgress();
      process.stderr.write(text);
    },
    progress: (line) => {
      if (!hasProgress || performance.now() - drawnAt < REDRAW_MS) return;
      drawnAt = performance.now();
      isShown = true;
      process.stderr.write(ERASE_LINE + line.slice(0, (process.stderr.columns ?? DEFAULT_COLUMNS) - 1));
    },
    clearProgress,
    hasProgress,
    colors: {
      out: colors.createColors(process.stdout.isTTY === true && !isPlain),
      err: colors.createColors(process.stderr.isTTY === true && !isPlain),
    },
  };
}

/** Writes to stderr when the process is about to end and nothing may be lost. */
export const lastWords = (text: string): void => void writeSync(2, text);
