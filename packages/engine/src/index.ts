export { availableBackends } from "./backends";
export type { BackendName } from "./backend-name";
export { createEngine, engineIdentity } from "./create-engine";
export { readyNative } from "../native/place.mjs";
