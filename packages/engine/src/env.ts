import { backendNames, type BackendName } from "./backend-name";
import { type Form, forms } from "./choose";

/**
 * The backend that SEAMS_BACKEND asks for, if it asks.
 * @throws Error when it names no backend
 */
export function backendFromEnvironment(): BackendName | undefined {
  const asked = process.env["SEAMS_BACKEND"];
  if (asked === undefined || asked === "") return undefined;
  const name = backendNames.find((known) => known === asked);
  if (name === undefined) {
    throw new Error(`SEAMS_BACKEND is ${backendNames.join(", ")}, or not set; it is "${asked}".`);
  }
  return name;
}

/**
 * The form of steps that SEAMS_ENGINE_FORM asks for, if it asks.
 * @throws Error when it names none
 */
export function formFromEnvironment(): Form | undefined {
  const asked = process.env["SEAMS_ENGINE_FORM"];
  if (asked === undefined || asked === "") return undefined;
  const form = forms.find((known) => known === asked);
  if (form === undefined) {
    throw new Error(`SEAMS_ENGINE_FORM is ${forms.join(" or ")}, or not set; it is "${asked}".`);
  }
  return form;
}

/**
 * Makes TensorFlow's C library use one thread and keep quiet below errors; it reads the environment when it is loaded.
 * With more threads the order of its sums, and so the bits, would depend on the machine.
 */
export function limitNativeThreads(): void {
  process.env["TF_NUM_INTRAOP_THREADS"] = "1";
  process.env["TF_NUM_INTEROP_THREADS"] = "1";
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2";
}
