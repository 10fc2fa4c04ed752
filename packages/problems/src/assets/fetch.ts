import { unzlibSync } from "fflate";

/** Files that ship with this package, by name: written out, so that a bundler finds and copies them. */
const ADDRESSES: Readonly<Record<string, URL>> = {
  "digits.bin": new URL("../../data/digits.bin", import.meta.url),
};

/** Fetches and unpacks a file that ships with this package. In Node, assets/read-node.ts takes its place. */
export async function readAsset(name: string): Promise<Uint8Array> {
  const address = ADDRESSES[name];
  if (address === undefined) throw new Error(`assets: no file ${name}`);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`assets: ${name} came with status ${response.status}`);
  return unzlibSync(new Uint8Array(await response.arrayBuffer()));
}
