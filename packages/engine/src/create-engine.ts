import type { Engine, EngineInfo, Stepper, StepperState, StepSpec } from "@seams/core/train";
import type { BackendName } from "./backend-name";
import { availableBackends, loadBestBackend, tfjsVersion } from "./backends";
import { chooseEngineForm, chooseForm, type Form, whyBackend } from "./choose";
import { createEagerStepper } from "./eager/stepper";
import { backendFromEnvironment, formFromEnvironment, nativeSettings } from "./env";
import { WASM_KERNELS } from "./kernels/register";
import type { Machine } from "./machine";
import { NATIVE_KERNELS } from "./native/kernels";
import { Refusal } from "./native/record";
import { createNativeStepper } from "./native/stepper";
import { nativeVersion } from "./native/tfjs-node";
import { type Kernels, loadKernels, programKernels } from "./wasm/kernels";
import { createProgramStepper } from "./wasm/stepper";

/** Versions of how each form steps: part of every cache key, so a change of its bits is a change of this. */
const VERSIONS = { eager: "eager-2", wasm: "program-5", native: "native-program-2" } as const;

/** What an engine can be asked for; what is left open, the environment or the machine decides. */
export interface EngineWish {
  /** Else SEAMS_BACKEND, else the best that works here: wasm, native, cpu. */
  readonly backend?: BackendName | undefined;
  /** Else SEAMS_ENGINE_FORM, else step programs where the backend has them. */
  readonly form?: Form;
}

/**
 * The engine of this process. Asked for a backend or a form, it takes that one or throws; which ones it became stands
 * in `info`. A step whose network has a layer without a program runs eagerly.
 */
export async function createEngine(wish: EngineWish = {}): Promise<Engine> {
  const asked = wish.backend ?? backendFromEnvironment();
  const machine = await loadBestBackend(asked);
  const form = wish.form ?? formFromEnvironment();
  const choice = chooseEngineForm(machine.name, form);
  const isProgram = choice.form === "program";
  const kernels = isProgram && machine.name === "wasm" ? await loadKernels() : undefined;
  return {
    info: {
      ...describeEngine(machine, choice.form, kernels),
      because: `${whyBackend(machine.name, asked)}${THEN}${choice.because}`,
    },
    stepper: async (spec, init) => {
      if (isProgram && machine.name === "native")
        return nativeStepper(machine, { spec, init, mayBeEager: form !== "program" });
      if (kernels === undefined) return createEagerStepper(machine, spec, init);
      const { form: own, because } = chooseForm(spec, choice);
      return own === "program"
        ? createProgramStepper(kernels, spec, init)
        : { ...createEagerStepper(machine, spec, init), eagerBecause: because };
    },
    liveTensors: () => machine.tf.memory().numTensors + (kernels?.heap.liveBlocks ?? 0),
  };
}

/** Between why a backend and why a form. */
const THEN = "; ";

/** The same engine with another reason for its backend: each experiment weighs its own, on engines that they share. */
export function withReason(engine: Engine, why: string): Engine {
  const { because = "" } = engine.info;
  return { ...engine, info: { ...engine.info, because: `${why}${because.slice(because.indexOf(THEN))}` } };
}

interface NativeWish {
  readonly spec: StepSpec;
  readonly init: StepperState;
  /** Whether steps that can't become a program may run eagerly. */
  readonly mayBeEager: boolean;
}

/** @throws Refusal, with the reason, where a program was asked for and there is none */
function nativeStepper(machine: Machine, { spec, init, mayBeEager }: NativeWish): Stepper {
  try {
    return createNativeStepper(machine, spec, init);
  } catch (error) {
    if (error instanceof Refusal && mayBeEager)
      return { ...createEagerStepper(machine, spec, init), eagerBecause: error.message };
    throw error;
  }
}

/**
 * All that decides which engine `createEngine` makes, as far as it can be told without loading one: two equal texts on
 * one machine mean equal `info`.
 * @param wished the backend that was chosen, if one was
 */
export function engineIdentity(wished?: BackendName): string {
  const { platform, arch, version } = process;
  return [
    engineBuild(),
    wished ?? backendFromEnvironment() ?? "best",
    formFromEnvironment() ?? "fastest",
    ...availableBackends(),
    platform,
    arch,
    version,
  ].join(" ");
}

/** All that decides how fast steps are on one processor, whatever is asked for: versions of code, kernels and libraries. */
export const engineBuild = (): string =>
  [
    ...Object.values(VERSIONS),
    tfjsVersion(),
    WASM_KERNELS,
    programKernels(),
    nativeVersion(),
    NATIVE_KERNELS,
    nativeSettings(),
  ].join(" ");

function describeEngine(machine: Machine, form: Form, kernels: Kernels | undefined): EngineInfo {
  const version = form === "eager" || machine.name === "cpu" ? VERSIONS.eager : VERSIONS[machine.name];
  return {
    version: `${version}+tfjs-${machine.version}`,
    backend: machine.name,
    form,
    kernels: kernels === undefined ? machine.kernels : `${kernels.id}+${machine.kernels}`,
    threads: machine.threads,
    node: process.version,
  };
}
