// Compiles the AssemblyScript kernels to generated/kernels.json, unless they have not changed since.
// The `generate` task of turbo, the project's set-up, and whoever loads kernels that are not there yet come through here.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { argv, pid } from "node:process";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const FOLDER = fileURLToPath(new URL("../generated/", import.meta.url));
const FILE = `${FOLDER}kernels.json`;
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

/** For processors that multiply and add in one. */
const FUSED = ["--enable", "relaxed-simd", "--use", "FUSED=1"];

/** The compiled kernels: made now where the file that holds them is missing or older than the sources. */
export async function builtKernels() {
  const key = kernelsKey();
  if (existsSync(FILE)) {
    const kernels = JSON.parse(readFileSync(FILE, "utf8"));
    if (kernels.key === key) return kernels;
  }
  const kernels = {
    key,
    program: {
      wasm: {
        fused: await compile("program/index.ts", FUSED),
        separate: await compile("program/index.ts"),
      },
      blocks: argumentBlocks("program/"),
    },
    eager: { wasm: await compile("eager.ts") },
  };
  mkdirSync(FOLDER, { recursive: true });
  const draft = `${FILE}.${pid}`; // several processes may come first
  writeFileSync(draft, JSON.stringify(kernels));
  renameSync(draft, FILE);
  return kernels;
}

/** A hash of everything that the kernels depend on: their sources, the compiler and its options. */
export function kernelsKey() {
  const hash = createHash("sha256").update(JSON.stringify([OPTIONS, FUSED]));
  const { version } = createRequire(import.meta.url)("assemblyscript/package.json");
  hash.update(version).update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of ["eager.ts", ...sourcesIn("program/")])
    hash.update(name).update(readFileSync(HERE + name));
  return hash.digest("hex");
}

const sourcesIn = (folder) =>
  readdirSync(HERE + folder)
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => folder + name);

/** One module's binary, base64. */
async function compile(entry, further = []) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main([entry, "--outFile", "kernels.wasm", ...OPTIONS, ...further], {
    readFile: (name) => (existsSync(HERE + name) ? readFileSync(HERE + name, "utf8") : null),
    writeFile: (name, contents) => {
      if (name === "kernels.wasm") binary = contents;
    },
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return Buffer.from(binary).toString("base64");
}

/**
 * The arguments of every kernel, in the order of its class: `export function name(call: Class)` beside `class Class`;
 * and the fields of `Pace`, which several share.
 */
function argumentBlocks(folder) {
  const text = sourcesIn(folder)
    .map((name) => readFileSync(HERE + name, "utf8"))
    .join("\n");
  const classes = {};
  for (const [, name, body] of text.matchAll(/export class (\w+) \{\n(.*?)\n\}/gs)) {
    classes[name] = [...body.matchAll(/^ {2}(\w+): (i32|usize|f32);/gm)].map(([, field, type]) => ({
      field,
      type: type === "f32" ? "float" : "integer",
    }));
  }
  const blocks = { pace: classes.Pace };
  for (const [, name, type] of text.matchAll(/export function (\w+)\(call: (\w+)\): void/g)) {
    if (classes[type] === undefined) throw new Error(`kernels: ${name} takes a ${type}, which is not there`);
    blocks[name] = classes[type];
  }
  return blocks;
}

if (argv[1] === fileURLToPath(import.meta.url)) await builtKernels();
