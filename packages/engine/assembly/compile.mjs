// Compiles kernels.ts to src/kernels/compiled/simd.ts: `pnpm --filter @seams/engine kernels` after every change.
import { readFileSync, writeFileSync } from "node:fs";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const OPTIONS = [
  "-O3",
  "--enable",
  "simd",
  "--runtime",
  "stub",
  "--importMemory",
  "--noAssert",
  "--use",
  "abort=",
];
const target = fileURLToPath(new URL("../src/kernels/compiled/simd.ts", import.meta.url));

/** The text of the generated file for the present kernels.ts. */
export async function compileKernels() {
  const source = readFileSync(new URL("./kernels.ts", import.meta.url), "utf8");
  let binary;
  const { error, stderr } = await asc.main(["kernels.ts", "--outFile", "kernels.wasm", ...OPTIONS], {
    readFile: (name) => (name === "kernels.ts" ? source : null),
    writeFile: (name, contents) => {
      if (name === "kernels.wasm") binary = contents;
    },
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const lines = Buffer.from(binary)
    .toString("base64")
    .match(/.{1,100}/g);
  return `/** Compiled from assembly/kernels.ts by assembly/compile.mjs; not to be edited. */
export const SIMD_KERNELS_BASE64 =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await compileKernels());
