import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Entry } from "./contender";
import { readyNative } from "../packages/engine/src/index";
import type { BenchNet } from "./nets";
import type { Row } from "./rows";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const INSTALLED = join(HERE, "../node_modules/.seams/bench-peers");

/** Why tfjs-node is not there. */
export const NO_NATIVE = "tfjs-node is not installed: npm run native";

/** Peers that can be asked for. */
export const peerNames: readonly string[] = ["tfjs", "tfjs-node", "keras", "torch"];

/** Who trains a net: our forms, then the peers that are asked for; in place of one that is not there, why. */
export function entriesFor(
  net: BenchNet,
  folder: string,
  peers: readonly string[],
): readonly (Entry | Row)[] {
  const formOf = (who: string, backend: "wasm" | "native", form: "program" | "eager"): Entry => ({
    who,
    command: process.execPath,
    args: ["--import", "tsx", join(HERE, "seams-steps.ts"), net.name, backend, form],
  });
  const own = [formOf("wasm-program", "wasm", "program"), formOf("eager-wasm", "wasm", "eager")];
  const native = readyNative()
    ? [formOf("native-program", "native", "program"), formOf("eager-native", "native", "eager")]
    : ["native-program", "eager-native"].map((who) => ({
        bench: net.name,
        who,
        skipped: NO_NATIVE,
      }));
  return [
    ...own,
    ...native,
    ...peers.flatMap((peer) =>
      net.peers.includes(peer)
        ? peerEntries(peer, folder, net.name)
        : [{ bench: net.name, who: peer, skipped: net.without }],
    ),
  ];
}

/** Path of a peer's script. */
export const peerScript = (script: string): string => join(HERE, "peers", script);

function peerEntries(peer: string, folder: string, bench: string): readonly (Entry | Row)[] {
  const fit = (who: string, backend: string, missing: string | undefined): Entry | Row =>
    missing === undefined
      ? { who, command: process.execPath, args: [peerScript("tfjs-fit.mjs"), folder, backend] }
      : { bench, who, skipped: missing };
  const stock = join(INSTALLED, "node/node_modules/@tensorflow/tfjs-backend-wasm");
  switch (peer) {
    case "tfjs":
      return [
        fit(
          "tfjs-wasm-fit",
          "wasm",
          existsSync(stock) ? undefined : "tfjs is not installed: npm run bench:peers",
        ),
      ];
    case "tfjs-node":
      return [fit("tfjs-node-fit", "node", readyNative() ? undefined : NO_NATIVE)];
    case "keras":
      return [inPython(bench, "keras-fit", ["keras-fit.py", folder])];
    default:
      return [
        inPython(bench, "torch", ["torch-loop.py", folder, "default"]),
        inPython(bench, "torch-1", ["torch-loop.py", folder, "1"]),
      ];
  }
}

/** A script of bench/peers in the Python that has the peers. */
export function inPython(bench: string, who: string, [script = "", ...args]: readonly string[]): Entry | Row {
  const own = join(INSTALLED, "python/bin/python");
  const command = process.env["SEAMS_PYTHON"] ?? own;
  if (command === own && !existsSync(own))
    return { bench, who, skipped: "no Python has it: npm run bench:peers, or SEAMS_PYTHON" };
  return { who, command, args: [peerScript(script), ...args] };
}
