import { readFile } from "node:fs/promises";

/** Reads a file that ships with this package, below data/. In a browser, assets/fetch.ts takes its place. */
export async function readAsset(name: string): Promise<Uint8Array> {
  return readFile(new URL(`../../data/${name}`, import.meta.url));
}
