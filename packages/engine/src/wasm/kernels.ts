import { type Argument, builtKernels, kernelsKey } from "../../assembly/build.mjs";
import type { MultiplyAdd } from "../env";
import { multiplyAddHere } from "./fused";
import { createHeap, type Heap } from "./heap";

/** The kernels of step programs with the memory that they work in. */
export interface Kernels {
  /** Says which kernels: part of every cache key. */
  readonly id: string;
  readonly heap: Heap;
  /** The kernel as a function of its argument block's address. @throws Error when there is none of that name */
  kernel(name: string): (block: number) => void;
  /** A block's arguments in order, four bytes each. @throws Error when there is none of that name */
  argumentsOf(block: string): readonly Argument[];
}

/** Id of the kernels, told from their sources and from how they multiply and add here. */
export const programKernels = (): string => idOf(kernelsKey(), multiplyAddHere());

const idOf = (key: string, how: MultiplyAdd): string =>
  `program-${key.slice(0, 12)}${how === "fused" ? "-fused" : ""}`;

/**
 * Loads the kernels; compiles them first where the project's set-up has not done it.
 * @param how fused only where `canFuse`
 */
export async function loadKernels(how: MultiplyAdd = multiplyAddHere()): Promise<Kernels> {
  const { key, program } = await builtKernels();
  const heap = createHeap();
  const code = Uint8Array.from(Buffer.from(program.wasm[how], "base64"));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), {
    env: { memory: heap.memory },
  });
  return {
    id: idOf(key, how),
    heap,
    kernel(name) {
      const found = exports[name];
      if (typeof found !== "function") throw new Error(`programs: there is no kernel ${name}.`);
      return found as (block: number) => void; // every exported kernel takes one address
    },
    argumentsOf(block) {
      const found = program.blocks[block];
      if (found === undefined) throw new Error(`programs: there is no block ${block}.`);
      return found;
    },
  };
}
