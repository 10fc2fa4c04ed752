import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const BINARIES = join(ROOT, "node_modules", ".bin");

/** A program installed at the root. */
export const bin = (name) => join(BINARIES, process.platform === "win32" ? `${name}.cmd` : name);

/**
 * The environment of everything that the scripts run: programs installed here are found first (turbo looks for pnpm,
 * which few machines have), this Node before any other, and nobody is told what is run.
 */
export function childEnvironment(more = {}) {
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
  const path = [BINARIES, join(process.execPath, ".."), process.env[name]].filter(Boolean).join(delimiter);
  return {
    ...process.env,
    [name]: path,
    TURBO_TELEMETRY_DISABLED: "1",
    NEXT_TELEMETRY_DISABLED: "1",
    CHECKPOINT_DISABLE: "1",
    DO_NOT_TRACK: "1",
    ...more,
  };
}

/** Runs a command to its end, its output passed through; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const shell = process.platform === "win32"; // .cmd files are no programs to Windows
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: "inherit",
      shell,
      ...options,
      env: childEnvironment(options.env),
    });
    child.on("error", reject);
    child.on("exit", (code, signal) => resolve(signal ? 130 : (code ?? 1)));
  });
}
