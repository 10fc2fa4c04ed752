/** The backends there are, the first that works is taken when nobody asks for one. */
export const backendNames = ["native", "wasm", "cpu"] as const;

/** `native`: TensorFlow's C library through tfjs-node. `wasm`: SIMD WebAssembly. `cpu`: plain JavaScript. */
export type BackendName = (typeof backendNames)[number];
