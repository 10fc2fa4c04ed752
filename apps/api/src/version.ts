import { createRequire } from "node:module";

const manifest = createRequire(import.meta.url)("../package.json") as { version: string }; // our own file

/** Version of Seams. */
export const VERSION = manifest.version;
