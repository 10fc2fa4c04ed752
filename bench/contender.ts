import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What a contender did in one go. */
export interface Turn {
  readonly samples: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Mean loss of the last epoch's steps. */
  readonly loss: number;
}

/** A process that trains when it is told to. */
export interface Contender {
  readonly who: string;
  /** Its versions, in its own words. */
  readonly about: string;
  train(epochs: number): Promise<Turn>;
  stop(): void;
}

/** How a contender is started. */
export interface Entry {
  readonly who: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a contender and waits until it is ready. It says `{"ready": versions}`, then answers each line on its input,
 * a number of epochs, with a line of what it did.
 * @throws Error with the last words of a contender that ends
 */
export async function startContender({ who, command, args, env }: Entry): Promise<Contender> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
  const next = linesOf(child);
  const { ready } = (await next()) as { ready: string }; // our own protocol
  return {
    who,
    about: ready,
    train: async (epochs) => {
      child.stdin.write(`${epochs}\n`);
      return (await next()) as Turn; // our own protocol
    },
    stop: () => void child.kill(),
  };
}

/** The child's lines of JSON, one at a time; what else it prints is kept for when it ends. */
function linesOf(child: ChildProcess): () => Promise<unknown> {
  let words = "";
  child.stderr?.on("data", (chunk: Buffer) => (words = (words + chunk.toString()).slice(-2000)));
  if (child.stdout === null) throw new Error("bench: a contender without output.");
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => {
    for (;;) {
      const { done, value } = (await lines.next()) as IteratorResult<string, undefined>;
      if (done === true) throw new Error(lastWords(words));
      if (value?.startsWith("{")) return JSON.parse(value);
      words += value ?? "";
    }
  };
}

/** The line that names an error among what a process printed at its end. */
export function lastWords(words: string): string {
  const lines = words.trim().split("\n");
  return lines.findLast((line) => /error/i.test(line))?.trim() ?? lines.at(-1) ?? "it ended without a word";
}
