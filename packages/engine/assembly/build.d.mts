/** One argument of a kernel: four bytes, a whole number or an address, or a float. */
export interface Argument {
  readonly field: string;
  readonly type: "integer" | "float";
}

/** The compiled kernels. */
export interface BuiltKernels {
  /** Hash of all that they are made from. */
  readonly key: string;
  readonly program: {
    /** The modules, base64: one that multiplies and adds in one, which not every processor can, and one that does not. */
    readonly wasm: Readonly<Record<"fused" | "separate", string>>;
    /** A kernel's arguments in order, by its name; and those of `pace`. */
    readonly blocks: Readonly<Record<string, readonly Argument[]>>;
  };
  /** Kernels for tfjs ops. */
  readonly eager: {
    /** The module, base64. */
    readonly wasm: string;
  };
}

/** The compiled kernels: made now where the file that holds them is missing or older than the sources. */
export declare function builtKernels(): Promise<BuiltKernels>;

/** A hash of everything that the kernels depend on: their sources, the compiler and its options. */
export declare function kernelsKey(): string;
