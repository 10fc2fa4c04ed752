import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const READY = /http:\/\/localhost:(\d+)/;
const READY_WITHIN_MS = 240_000;

/** The whole product, started as a person would, on a data folder of its own. */
export interface Product {
  readonly url: string;
  readonly home: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Runs `./seams start` and waits for the URL that it prints. */
export async function startProduct(port: number): Promise<Product> {
  const home = process.env["SEAMS_E2E_HOME"] ?? (await mkdtemp(join(tmpdir(), "seams-e2e-")));
  const child = spawn(join(ROOT, "seams"), ["start", "--port", String(port)], {
    cwd: ROOT,
    env: { ...process.env, SEAMS_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = await printedUrl(child);
  return {
    url,
    home,
    process: child,
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      if (process.env["SEAMS_E2E_HOME"] === undefined) await rm(home, { recursive: true, force: true });
    },
  };
}

function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const late = setTimeout(
      () => reject(new Error(`No URL within ${READY_WITHIN_MS / 1000} s:\n${output}`)),
      READY_WITHIN_MS,
    );
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = READY.exec(output);
      if (!found) return;
      clearTimeout(late);
      resolve(found[0]);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`The product stopped with ${code} before it was ready:\n${output}`));
    });
  });
}
