import type { Tf } from "@seams/core/train";
import { arithmetic, elementwise } from "./arithmetic";
import { registerGradient, registerPartsGradient } from "./gradient";
import { products } from "./products";
import { parts, shape } from "./shape";

/**
 * Teaches tfjs-core the gradients of the ops that layer kinds and losses use. tfjs keeps its own in a part that Node
 * cannot load without the whole of `@tensorflow/tfjs`; these are fewer, and each stands in the parity suite. An op
 * without one here cannot be trained through: tfjs says so at the first step.
 */
export function registerGradients(tf: Tf): void {
  for (const [kernel, gradient] of Object.entries({ ...arithmetic, ...elementwise, ...shape, ...products })) {
    registerGradient(tf, kernel, gradient);
  }
  for (const [kernel, gradient] of Object.entries(parts)) registerPartsGradient(tf, kernel, gradient);
}
