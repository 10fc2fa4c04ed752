import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileKernels } from "../assembly/compile.mjs";

describe("the compiled SIMD kernels", () => {
  it("are those of assembly/kernels.ts", async () => {
    const stored = readFileSync(new URL("../src/kernels/compiled/simd.ts", import.meta.url), "utf8");
    expect(await compileKernels()).toBe(stored);
  });
});
