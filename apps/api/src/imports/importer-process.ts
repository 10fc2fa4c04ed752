import { fork, type ChildProcess } from "node:child_process";
import { countOf, diagnose } from "@seams/core";
import { programAt, residentMb } from "@seams/runner";
import { HttpRefusal } from "../http/exchange";
import { nothingRead, type Imported, type ImportTask } from "./importer-messages";
import type { Upload } from "./upload";

const MAIN = new URL("./importer-main.ts", import.meta.url);
/** The largest upload with the largest problem it may hold takes less. */
const MEGABYTES = 2_560;
const SECONDS = 300;
const WATCH_MS = 100;
const MOST_AT_ONCE = 2;
/** How V8 ends a process that reached its own limit of memory, where no signal tells. */
const ABORTED = 134;

let reading = 0;

/** One upload to be read. */
export interface ImportJob {
  readonly upload: Upload;
  /** Is written where the upload has no errors. */
  readonly folder: string;
  /** problem.json as a person corrected it. */
  readonly schema?: unknown;
}

/**
 * Reads an upload in a process of its own, which is ended when it takes too much memory or too long: whatever a file
 * holds, the API goes on answering. Mistakes in the file come back as diagnostics.
 * @throws HttpRefusal when too many are being read
 */
export async function runImporter({ upload, folder, schema }: ImportJob): Promise<Imported> {
  if (reading >= MOST_AT_ONCE) {
    throw new HttpRefusal("TOO_MANY_REQUESTS", "Other files are being read. Try again in a moment.");
  }
  reading++;
  try {
    const { path, fileName, name } = upload;
    return await answerOf({ path, fileName, name, folder, ...(schema === undefined ? {} : { schema }) });
  } finally {
    reading--;
  }
}

function answerOf(task: ImportTask): Promise<Imported> {
  const { path, flags } = programAt(MAIN);
  const child = fork(path, {
    execArgv: [...flags, `--max-old-space-size=${MEGABYTES}`],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    let answer: Imported | undefined;
    const refuse = (seen: string, limit: string): void => {
      const place = { at: "cell", file: task.fileName } as const;
      const facts = { what: "Reading the file", seen, limit };
      answer ??= nothingRead([diagnose.data.fileTooLarge({ place, ...facts })]);
      child.kill("SIGKILL");
    };
    const stopWatching = watch(child, refuse);
    child.once("message", (message) => {
      answer ??= message as Imported; // importer-main.ts sends this and nothing else
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      stopWatching();
      if (signal === "SIGABRT" || code === ABORTED) refuse("more", ofMemory(MEGABYTES));
      if (answer) resolve(answer);
      else reject(new Error(`import: the importer ended with ${signal ?? code} before it answered`));
    });
    child.send(task, () => undefined); // a process that is gone already is told of by its exit
  });
}

const ofMemory = (megabytes: number): string => `${countOf(Math.round(megabytes), "MB", "MB")} of memory`;

/** Calls back, once, when the process takes more than it may. */
function watch(child: ChildProcess, tooMuch: (seen: string, limit: string) => void): () => void {
  const looking = setInterval(() => {
    void residentMb(child.pid).then((usedMb) => {
      if (usedMb === undefined || usedMb <= MEGABYTES) return;
      stop();
      tooMuch(ofMemory(usedMb), ofMemory(MEGABYTES));
    });
  }, WATCH_MS);
  const late = setTimeout(() => {
    stop();
    tooMuch("more", countOf(SECONDS, "second"));
  }, SECONDS * 1_000);
  const stop = (): void => {
    clearInterval(looking);
    clearTimeout(late);
  };
  return stop;
}
