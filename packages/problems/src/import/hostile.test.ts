import { describe, expect, it } from "vitest";
import { zip, type ZipEntry } from "../../test/zip";
import { importSource } from "./import-source";

const ROWS = Array.from({ length: 60 }, (_, row) => `${row},${row % 7},${row % 3 === 0 ? "cat" : "dog"}`);
const TABLE = `width,height,animal\n${ROWS.join("\n")}\n`;

const picture = (widthPx: number, heightPx: number): Buffer => {
  const header = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(header);
  header.writeUInt32BE(13, 8);
  header.write("IHDR", 12);
  header.writeUInt32BE(widthPx, 16);
  header.writeUInt32BE(heightPx, 20);
  header.set([8, 2, 0, 0, 0], 24);
  return header;
};
const recording = (): Buffer => {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(0xffff_fff0, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.set([1, 0, 1, 0], 20);
  header.writeUInt32LE(16_000, 24);
  header.writeUInt32LE(32_000, 28);
  header.set([2, 0, 16, 0], 32);
  header.write("data", 36);
  header.writeUInt32LE(0xffff_ff00, 40);
  return header;
};
const entries = (name: (k: number) => string, count: number): ZipEntry[] =>
  Array.from({ length: count }, (_, k) => ({ name: name(k), content: "x" }));

const both = (ending: string, content: Buffer): Buffer =>
  zip(["cat/1", "cat/2", "dog/1", "dog/2"].map((path) => ({ name: `${path}.${ending}`, content })));

const read = async (
  name: string,
  content: Buffer,
): Promise<{ codes: string[]; ms: number; value: unknown }> => {
  const started = performance.now();
  const { value, diagnostics } = await importSource({ name, content: new Uint8Array(content) });
  return { value, codes: diagnostics.map(({ code }) => code), ms: performance.now() - started };
};

describe("hostile sources", () => {
  it.each<[string, string, () => Buffer, string]>([
    [
      "60 MB of zeros",
      "bomb.zip",
      () => zip([{ name: "a/zeros.csv", content: Buffer.alloc(60_000_000) }]),
      "archive-refused",
    ],
    [
      "an archive in an archive",
      "nest.zip",
      () => zip([{ name: "inner.zip", content: zip([{ name: "a", content: "x" }]) }]),
      "archive-refused",
    ],
    [
      "an archive under another name",
      "nest.zip",
      () => zip([{ name: "inner.png", content: zip([{ name: "a", content: "x" }]) }]),
      "archive-refused",
    ],
    [
      "a size that is a lie",
      "lie.zip",
      () => zip([{ name: "a.csv", content: Buffer.alloc(5_000_000, "1,2\n"), claimedSize: 100 }]),
      "archive-refused",
    ],
    [
      "files that share their bytes",
      "shared.zip",
      () =>
        zip([
          { name: "a.csv", content: TABLE },
          { name: "b.csv", content: TABLE, sharesBytesOf: "a.csv" },
        ]),
      "archive-refused",
    ],
    ["too many files", "many.zip", () => zip(entries((k) => `a/${k}.png`, 10_001)), "file-too-large"],
    [
      "a link",
      "link.zip",
      () => zip([{ name: "records.csv", content: "/etc/passwd", mode: 0o120777 }]),
      "archive-refused",
    ],
    [
      "a picture of 50,000 by 50,000",
      "pictures.zip",
      () => both("png", picture(50_000, 50_000)),
      "file-unreadable",
    ],
    ["a recording that says 4 GB", "sounds.zip", () => both("wav", recording()), "file-unreadable"],
    ["a pickled model", "model.pkl", () => Buffer.from("\x80\x04cos\nsystem\n(S'id'\ntR."), "source-unknown"],
    ["a model with code inside", "model.h5", () => Buffer.from("\x89HDF\r\n\x1a\nLambda"), "source-unknown"],
    [
      "a model with code inside, zipped",
      "model.keras",
      () => zip([{ name: "config.json", content: '{"class_name":"Lambda"}' }]),
      "source-unknown",
    ],
    ["a program", "x.exe", () => Buffer.from("MZ\0\0"), "source-unknown"],
    ["a picture that calls itself a table", "x.parquet", () => picture(4, 4), "file-unreadable"],
    ["a table that calls itself an archive", "x.zip", () => Buffer.from(TABLE), "source-unknown"],
    ["nothing at all", "x.csv", () => Buffer.alloc(0), "no-records"],
  ])("%s: refused at once, with a reason", async (_, name, content, code) => {
    const found = await read(name, content());
    expect(found.codes).toContain(code);
    expect(found.value).toBeUndefined();
    expect(found.ms).toBeLessThan(1_000);
  });

  it.each([
    "../escape.csv",
    "a/../../escape.csv",
    "..\\escape.csv",
    "/tmp/escape.csv",
    "C:\\escape.csv",
    "a\0b.csv",
    "file:///escape.csv",
    "....//....//escape.csv",
  ])("a file that wants to be at %j is refused", async (name) => {
    expect((await read("slip.zip", zip([{ name, content: TABLE }]))).codes).toContain("path-unsafe");
  });
});
