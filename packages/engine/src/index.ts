export { availableBackends } from "./backends";
export { backendFromEnvironment } from "./env";
export type { BackendName } from "./backend-name";
export { createEngine, engineBuild, engineIdentity, withReason } from "./create-engine";
export { readyNative } from "../native/place.mjs";
