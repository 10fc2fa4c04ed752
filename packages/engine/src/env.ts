import { backendNames, type BackendName } from "./backend-name";
import { type Form, forms } from "./choose";

/**
 * The backend that SEAMS_BACKEND asks for, if it asks.
 * @throws Error when it names no backend
 */
export const backendFromEnvironment = (): BackendName | undefined => asked("SEAMS_BACKEND", backendNames);

/**
 * The form of steps that SEAMS_ENGINE_FORM asks for, if it asks.
 * @throws Error when it names none
 */
export const formFromEnvironment = (): Form | undefined => asked("SEAMS_ENGINE_FORM", forms);

/** Whether a product and the sum that it is added to are rounded in one. */
const multiplyAdds = ["fused", "separate"] as const;
export type MultiplyAdd = (typeof multiplyAdds)[number];

/**
 * How kernels of step programs are to multiply and add, if SEAMS_ENGINE_MULTIPLY_ADD asks.
 * @throws Error when it names none
 */
export const multiplyAddFromEnvironment = (): MultiplyAdd | undefined =>
  asked("SEAMS_ENGINE_MULTIPLY_ADD", multiplyAdds);

function asked<T extends string>(variable: string, known: readonly T[]): T | undefined {
  const written = process.env[variable];
  if (written === undefined || written === "") return undefined;
  const name = known.find((one) => one === written);
  if (name === undefined) {
    const names = known.join(known.length > 2 ? ", " : " or ");
    throw new Error(`${variable} is ${names}, or not set; it is "${written}".`);
  }
  return name;
}

/**
 * Makes TensorFlow's C library use one thread and keep quiet below errors; it reads the environment when it is loaded.
 * With more threads the order of its sums, and so the bits, would depend on the machine.
 * @returns what else of the environment changes its bits, for the engine's name
 */
export function settleNative(): string {
  process.env["TF_NUM_INTRAOP_THREADS"] = "1";
  process.env["TF_NUM_INTEROP_THREADS"] = "1";
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
  process.env["TF_ENABLE_ONEDNN_OPTS"] ??= "1"; // its own default depends on the processor
  return nativeSettings();
}

/** What of the environment changes the bits of TensorFlow's C library. */
export const nativeSettings = (): string =>
  process.env["TF_ENABLE_ONEDNN_OPTS"] === "0" ? "-without-onednn" : "";
