import type { StepSpec } from "@seams/core/train";
import type { BackendName } from "./backend-name";
import { whyNoProgram } from "./wasm/plan";

/** The ways in which a step can run: compiled once, or one tfjs op after the other. */
export const forms = ["program", "eager"] as const;
export type Form = (typeof forms)[number];

/** A form and why it was taken. */
export interface FormChoice {
  readonly form: Form;
  readonly because: string;
}

/** Why an engine runs on its backend. */
export function whyBackend(backend: BackendName, asked: BackendName | undefined): string {
  if (asked !== undefined) return `the ${backend} backend was asked for`;
  return backend === "wasm"
    ? "wasm is the backend that has step programs"
    : `${backend} is the first backend that works here`;
}

/**
 * Which form an engine's steps get. Programs exist on wasm and native; cpu has the eager form only.
 * @param asked what somebody asked for
 * @throws Error when a program is asked for where there is none: nothing falls back behind the asker's back
 */
export function chooseEngineForm(backend: BackendName, asked: Form | undefined): FormChoice {
  if (asked === "eager") return { form: "eager", because: "eager steps were asked for" };
  if (backend !== "cpu") return { form: "program", because: "program steps are its fastest" };
  if (asked === "program") throw new Error(`There are no step programs on the ${backend} backend.`);
  return { form: "eager", because: `there are no step programs on ${backend}` };
}

/** Which form a step gets in an engine of this form: a program, unless a layer of its network has none. */
export function chooseForm(spec: StepSpec, engine: FormChoice): FormChoice {
  const reason = engine.form === "program" ? whyNoProgram(spec.network) : undefined;
  return reason === undefined ? engine : { form: "eager", because: reason };
}
