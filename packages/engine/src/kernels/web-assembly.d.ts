/** Makes this file a module, so that whoever imports simd.ts from another package gets these types too. */
export {};

declare global {
  /** The part of WebAssembly's JavaScript interface that is used here: TypeScript has it among the DOM's types only. */
  namespace WebAssembly {
    class Memory {
      constructor(pages: { readonly initial: number; readonly maximum?: number });
      readonly buffer: ArrayBuffer;
      grow(pages: number): number;
    }
    class Module {
      constructor(bytes: Uint8Array);
    }
    class Instance {
      constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
      readonly exports: Readonly<Record<string, unknown>>;
    }
  }
}
