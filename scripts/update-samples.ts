// Writes the golden files: what every sample of the compiler and every gallery pipeline compiles to. Read the diff.
// npm run samples:update [-- --check]   with --check nothing is written, and the exit code is 1 where a file is stale.
import { relative } from "node:path";
import { type GoldenFiles, readGolden, writeGolden } from "../packages/core/test/support/golden";
import { compileSamples, problemSamples } from "../packages/core/test/support/samples";
import { galleryPlans } from "../packages/problems/test/support/gallery-plans";

const isCheck = process.argv.includes("--check");
const folders: readonly { readonly folder: string; readonly files: GoldenFiles }[] = [
  ...compileSamples(),
  ...problemSamples(),
  ...galleryPlans(),
];

const stale = folders.flatMap(({ folder, files }) =>
  (isCheck ? differing(folder, files) : writeGolden(folder, files)).map((name) => `${folder}/${name}`),
);
for (const path of stale) process.stdout.write(`${relative(process.cwd(), path)}\n`);
const told = `${folders.length} samples, ${stale.length} ${isCheck ? "stale" : "changed"} files`;
process.stderr.write(`${told}${isCheck && stale.length > 0 ? ": npm run samples:update" : ""}\n`);
process.exitCode = isCheck && stale.length > 0 ? 1 : 0;

function differing(folder: string, files: GoldenFiles): readonly string[] {
  const present = readGolden(folder);
  return Object.entries({ ...present, ...files }).flatMap(([name]) =>
    Reflect.get(present, name) === Reflect.get(files, name) ? [] : [name],
  );
}
