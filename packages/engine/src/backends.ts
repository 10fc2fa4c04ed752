import type { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type { Tensor, Tf } from "@seams/core/train";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { builtKernels } from "../assembly/build.mjs";
import { backendNames, type BackendName } from "./backend-name";
import { settleNative } from "./env";
import { registerGradients } from "./gradients/register";
import { correctWasmKernels, WASM_KERNELS } from "./kernels/register";
import type { Machine } from "./machine";
import { correctNativeKernels, NATIVE_KERNELS } from "./native/kernels";
import { isNativeInstalled, loadTfjsNode, nativeBackend } from "./native/tfjs-node";

const WASM = "@tensorflow/tfjs-backend-wasm";
const TFJS = "@tensorflow/tfjs-core";
const resolve = createRequire(import.meta.url).resolve;

/** The names under which tfjs registers our backends. */
const registered: Readonly<Record<BackendName, string>> = { native: "tensorflow", wasm: "wasm", cpu: "cpu" };

/**
 * Backends that are installed here, best first. Native is only known to work once it has been loaded.
 */
export function availableBackends(): readonly BackendName[] {
  return backendNames.filter((name) => name !== "native" || isNativeInstalled());
}

/** The version of the tfjs that backends run on, read without loading it. */
export function tfjsVersion(): string {
  const path = join(dirname(resolve(TFJS)), "..", "package.json"); // its main file lies in dist/
  const { version }: { readonly version?: unknown } = JSON.parse(readFileSync(path, "utf8"));
  return String(version);
}

/**
 * Loads one backend: this file alone imports them, and nothing before it is called.
 * @throws Error when it cannot be loaded
 */
export async function loadBackend(name: BackendName): Promise<Machine> {
  const load = { native: loadNative, wasm: loadWasm, cpu: loadCpu }[name];
  return load();
}

/**
 * The asked backend, or the best that works.
 * @throws Error when the asked one cannot be loaded: nothing falls back behind the asker's back
 */
export async function loadBestBackend(asked: BackendName | undefined): Promise<Machine> {
  if (asked !== undefined) return loadBackend(asked);
  const failures: string[] = [];
  for (const name of availableBackends()) {
    try {
      return await loadBackend(name);
    } catch (error) {
      // tfjs-node throws at import where its binary is missing: the next one takes over, and EngineInfo names it.
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`No backend works here. ${failures.join(" ")}`);
}

async function loadNative(): Promise<Machine> {
  const settings = settleNative();
  const tf = await import("@tensorflow/tfjs-core");
  loadTfjsNode(tf);
  await activate(tf, "native");
  if (!started.has("native")) correctNativeKernels(tf);
  started.add("native");
  const kernels = `${NATIVE_KERNELS}+libtensorflow-${nativeBackend(tf).binding.TF_Version}${settings}`;
  return machine(tf, { name: "native", kernels, look: readBack });
}

async function loadCpu(): Promise<Machine> {
  const tf = await import("@tensorflow/tfjs-core");
  await importCpu(tf);
  await activate(tf, "cpu");
  return machine(tf, { name: "cpu", kernels: "stock", look: readBack });
}

/** Without the banner about tfjs-node that the backend prints at its first use. */
async function importCpu(tf: Tf): Promise<void> {
  const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu");
  const backend = tf.findBackend("cpu");
  if (backend instanceof MathBackendCPU) Object.assign(backend, { firstUse: false });
}

async function loadWasm(): Promise<Machine> {
  const tf = await import("@tensorflow/tfjs-core");
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  await importCpu(tf); // lends kernels that wasm lacks
  if (!started.has("wasm")) {
    wasm.setWasmPaths(join(dirname(resolve(WASM)), sep)); // the binaries lie beside the package's main file
    wasm.setThreadsCount(1); // with more, the order of sums, and so the bits, would depend on the machine
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  }
  await withoutListeners(() => activate(tf, "wasm"));
  const { eager } = await builtKernels();
  const backend = tf.backend() as BackendWasm; // the backend just activated
  if (!started.has("wasm")) correctWasmKernels(tf, backend, eager.wasm);
  started.add("wasm");
  const look = (tensor: Tensor): Float32Array => backend.typedArrayFromHeap(tensor) as Float32Array; // float32 only
  return machine(tf, { name: "wasm", kernels: WASM_KERNELS, look });
}

/**
 * Emscripten's start-up code listens to the process' uncaught errors, only to throw them again: how a process fails is
 * its own business.
 */
async function withoutListeners(work: () => Promise<void>): Promise<void> {
  const emitter: EventEmitter = process;
  const events = ["uncaughtException", "unhandledRejection"];
  const before = events.map((event) => new Set(emitter.listeners(event)));
  await work();
  for (const [index, event] of events.entries()) {
    for (const listener of emitter.listeners(event)) {
      if (before[index]?.has(listener) === false) {
        emitter.removeListener(event, listener as (...args: unknown[]) => void); // node's own type of a listener
      }
    }
  }
}

/** Backends of this process that were set up before: kernels are corrected once. */
const started = new Set<BackendName>();

async function activate(tf: Tf, name: BackendName): Promise<void> {
  const isReady = await tf.setBackend(registered[name]);
  if (!isReady) throw new Error(`The ${name} backend did not start.`);
  await tf.ready();
  registerGradients(tf);
}

function machine(tf: Tf, parts: Pick<Machine, "name" | "kernels" | "look">): Machine {
  const backend = registered[parts.name];
  return {
    ...parts,
    tf,
    threads: 1,
    version: tf.version_core,
    use: () => {
      // A started backend is switched before setBackend's first await: nothing is left to wait for.
      if (tf.getBackend() !== backend) void tf.setBackend(backend);
    },
  };
}

function readBack(tensor: Tensor): Float32Array {
  return tensor.dataSync<"float32">();
}
