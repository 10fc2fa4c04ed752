/** The backends there are, the first that works is taken when nobody asks for one: wasm alone has step programs. */
export const backendNames = ["wasm", "native", "cpu"] as const;

/** `native`: TensorFlow's C library through tfjs-node. `wasm`: SIMD WebAssembly. `cpu`: plain JavaScript. */
export type BackendName = (typeof backendNames)[number];
