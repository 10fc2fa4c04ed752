import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../../node_modules/.seams/native", import.meta.url));

/** Written last: a folder without it was not finished. */
export const STAMP = "ready.json";

/** Keeps the library's log quiet while it is loaded; not everywhere there. */
export const QUIET_ADDON = "quiet.node";

export const nativeFolder = () => (process.env.SEAMS_NATIVE ? resolve(process.env.SEAMS_NATIVE) : FOLDER);

export function readyNative() {
  const folder = nativeFolder();
  const stamp = join(folder, STAMP);
  if (!existsSync(stamp)) return undefined;
  const { tfjsNode, tensorflow } = JSON.parse(readFileSync(stamp, "utf8"));
  const quiet = join(folder, QUIET_ADDON);
  return {
    folder,
    tfjsNode: String(tfjsNode),
    tensorflow: String(tensorflow),
    ...(existsSync(quiet) ? { quiet } : {}),
  };
}
