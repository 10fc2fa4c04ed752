/** The text of src/kernels/compiled/simd.ts for the present kernels.ts. */
export declare function compileKernels(): Promise<string>;
