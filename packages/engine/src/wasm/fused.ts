import { setFlagsFromString } from "node:v8";
import { type MultiplyAdd, multiplyAddFromEnvironment } from "../env";

/** V8 has relaxed SIMD from 11.4 (Node 22) on, and before that behind this flag. */
const FLAG = "--experimental-wasm-relaxed-simd";

/**
 * A module of one function: a · a + c by a relaxed multiply–add of f32x4, for a = 1 + 2⁻¹² and c = −(1 + 2⁻¹¹). Rounded
 * once that is 2⁻²⁴, rounded twice it is 0.
 */
const PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // a module
  ...[1, 5, 1, 0x60, 0, 1, 0x7d], // type: nothing to an f32
  ...[3, 2, 1, 0], // a function of it
  ...[7, 5, 1, 1, 0x61, 0, 0], // which is exported as "a"
  ...[10, 31, 1, 29, 0], // its code
  ...[0x43, 0x00, 0x08, 0x80, 0x3f, 0xfd, 0x13], // a, four times
  ...[0x43, 0x00, 0x08, 0x80, 0x3f, 0xfd, 0x13],
  ...[0x43, 0x00, 0x10, 0x80, 0xbf, 0xfd, 0x13], // c, four times
  ...[0xfd, 0x85, 0x02], // f32x4.relaxed_madd
  ...[0xfd, 0x1f, 0, 0x0b], // its first value
);

let found: boolean | undefined;

/** Whether this processor, by this Node, multiplies and adds in one and rounds once: it is tried. */
export function canFuse(): boolean {
  if (found !== undefined) return found;
  const isUnderstood = probe() !== undefined;
  // A V8 that has the feature may not know the flag any more, and complain.
  if (!isUnderstood) setFlagsFromString(FLAG);
  const module = probe();
  found = module !== undefined && roundsOnce(module);
  return found;
}

function roundsOnce(module: WebAssembly.Module): boolean {
  const { a } = new WebAssembly.Instance(module, {}).exports;
  return typeof a === "function" && a() !== 0;
}

/** The probe, compiled; undefined where this Node doesn't understand it. */
function probe(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(PROBE);
  } catch {
    return undefined;
  }
}

/**
 * How kernels are to multiply and add: in one where that can be, unless SEAMS_ENGINE_MULTIPLY_ADD says otherwise.
 * @throws Error when it asks for what can't be
 */
export function multiplyAddHere(): MultiplyAdd {
  const asked = multiplyAddFromEnvironment();
  if (asked === "fused" && !canFuse())
    throw new Error("SEAMS_ENGINE_MULTIPLY_ADD is fused, which this processor or this Node can't do.");
  return asked ?? (canFuse() ? "fused" : "separate");
}
