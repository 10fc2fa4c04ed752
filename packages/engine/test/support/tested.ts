import type { BackendName } from "../../src/backend-name";
import type { Form } from "../../src/choose";

/** The project `native` runs the tests of steps with the native backend, the project `train` with all others. */
const isNative = process.env["SEAMS_TESTED_BACKEND"] === "native";

/** The backend that is compared with cpu. */
export const testedBackend: BackendName = isNative ? "native" : "wasm";

/**
 * Of many cases, those that are tested. Native programs take TensorFlow a while to load: every eleventh is, and all of
 * them with SEAMS_TESTED_CASES=all.
 */
export const testedOf = <T>(cases: readonly T[]): readonly T[] =>
  isNative && process.env["SEAMS_TESTED_CASES"] !== "all" ? cases.filter((_, at) => at % 11 === 0) : cases;

/** Every form of steps on every backend that this project tests. */
export const testedForms: readonly (readonly [Form, BackendName])[] = isNative
  ? [
      ["eager", "native"],
      ["program", "native"],
    ]
  : [
      ["eager", "cpu"],
      ["eager", "wasm"],
      ["program", "wasm"],
    ];
