import type { Engine, EngineInfo } from "@seams/core/train";
import type { BackendName } from "./backend-name";
import { availableBackends, loadBestBackend, tfjsVersion } from "./backends";
import { createEagerStepper } from "./eager/stepper";
import { backendFromEnvironment } from "./env";
import { WASM_KERNELS } from "./kernels/register";
import type { Machine } from "./machine";

/** Version of how this engine steps: part of every cache key, so a change of its bits is a change of this. */
const ENGINE_VERSION = "eager-1";

/**
 * The engine of this process. Asked for a backend, by argument or by SEAMS_BACKEND, it takes that one or throws;
 * else the best that works here: native, wasm, cpu. Which one it became stands in `info`.
 */
export async function createEngine({ backend }: { readonly backend?: BackendName } = {}): Promise<Engine> {
  const machine = await loadBestBackend(backend ?? backendFromEnvironment());
  return {
    info: describeMachine(machine),
    // The one form so far. Programs will be chosen here, by spec, behind the same Stepper.
    stepper: async (spec, init) => createEagerStepper(machine, spec, init),
    liveTensors: () => machine.tf.memory().numTensors,
  };
}

/**
 * All that decides which engine `createEngine` makes, as far as it can be told without loading one: two equal texts on
 * one machine mean equal `info`.
 */
export function engineIdentity(): string {
  const asked = backendFromEnvironment() ?? "best";
  const { platform, arch, version } = process;
  return [
    ENGINE_VERSION,
    tfjsVersion(),
    WASM_KERNELS,
    asked,
    ...availableBackends(),
    platform,
    arch,
    version,
  ].join(" ");
}

function describeMachine(machine: Machine): EngineInfo {
  return {
    version: `${ENGINE_VERSION}+tfjs-${machine.version}`,
    backend: machine.name,
    form: "eager",
    kernels: machine.kernels,
    threads: machine.threads,
    node: process.version,
  };
}
