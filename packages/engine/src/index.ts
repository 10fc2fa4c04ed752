export { availableBackends } from "./backends";
export type { BackendName } from "./backend-name";
export { createEngine } from "./create-engine";
