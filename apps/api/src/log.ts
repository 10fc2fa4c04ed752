import type { ApiSettings } from "./env";

const LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
type Level = Exclude<(typeof LEVELS)[number], "silent">;

/** Writes lines to stderr, down to a level. */
export function openLog(level: ApiSettings["logLevel"]): (of: Level, words: string) => void {
  const deepest = LEVELS.indexOf(level);
  return (of, words) => {
    if (LEVELS.indexOf(of) <= deepest) process.stderr.write(`${new Date().toISOString()} ${of} ${words}\n`);
  };
}
