import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { encode } from "jpeg-js";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { decodeJpeg } from "./jpeg";
import { resized, withChannels } from "./picture";
import { decodePng } from "./png";
import { decodeWav } from "./wav";

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  new DataView(bytes.buffer).setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  return bytes;
}

interface Sketch {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly raw: Uint8Array;
  readonly more?: readonly Uint8Array[];
  readonly interlace?: number;
}

/** A PNG file of given header and unpacked lines, without checksums: no decoder here asks for them. */
function png({ width, height, depth, colour, raw, more = [], interlace = 0 }: Sketch): Uint8Array {
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([depth, colour, 0, 0, interlace], 8);
  const parts = [
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    ...more,
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", new Uint8Array()),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

const problemOf = (decoded: object): string => ("problem" in decoded ? String(decoded.problem) : "none");

describe("PNG", () => {
  it("decodes as pngjs does, in every filter and colour type that it writes", () => {
    const picture = fc.record({
      width: fc.integer({ min: 1, max: 9 }),
      height: fc.integer({ min: 1, max: 9 }),
      colour: fc.constantFrom(0, 2, 4, 6),
      filter: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(
        picture,
        fc.uint8Array({ minLength: 324, maxLength: 324 }),
        ({ width, height, colour, filter }, bytes) => {
          const made = new PNG({ width, height });
          made.data.set(bytes.subarray(0, made.data.length));
          const types = { colorType: colour as 0 | 2 | 4 | 6, filterType: filter as 0 };
          const file = PNG.sync.write(made, { ...types, inputHasAlpha: true });
          const decoded = decodePng(new Uint8Array(file));
          if ("problem" in decoded) throw new Error(decoded.problem);
          const { channels, values } = decoded.value;
          const reference = PNG.sync.read(file).data;
          for (let pixel = 0; pixel < width * height; pixel++) {
            for (let k = 0; k < channels; k++) {
              // pngjs gives grey as three equal channels, and alpha last.
              const at = pixel * 4 + (channels === 2 && k === 1 ? 3 : k);
              expect(Math.round(values[pixel * channels + k]! * 255)).toBe(reference[at]);
            }
          }
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("reads small depths, palettes, transparent colours, 16 bits and interlaced lines", () => {
    const grey = decodePng(
      png({ width: 3, height: 1, depth: 2, colour: 0, raw: new Uint8Array([0, 0b00_01_11_00]) }),
    );
    expect("value" in grey && [...grey.value.values].map((value) => value.toFixed(3))).toEqual([
      "0.000",
      "0.333",
      "1.000",
    ]);
    const palette = [
      chunk("PLTE", new Uint8Array([255, 0, 0, 0, 255, 0])),
      chunk("tRNS", new Uint8Array([255, 0])),
    ];
    const coloured = decodePng(
      png({ width: 2, height: 1, depth: 1, colour: 3, raw: new Uint8Array([0, 0b01000000]), more: palette }),
    );
    expect("value" in coloured && [...coloured.value.values]).toEqual([1, 0, 0, 1, 0, 1, 0, 0]);
    const deep = decodePng(
      png({ width: 1, height: 1, depth: 16, colour: 0, raw: new Uint8Array([0, 0x80, 0]) }),
    );
    expect("value" in deep && deep.value.values[0]).toBeCloseTo(0x8000 / 65535, 6);
    const clear = decodePng(
      png({
        width: 2,
        height: 1,
        depth: 8,
        colour: 0,
        raw: new Uint8Array([0, 7, 9]),
        more: [chunk("tRNS", new Uint8Array([0, 7]))],
      }),
    );
    expect("value" in clear && [...clear.value.values].map((value) => Math.round(value * 255))).toEqual([
      7, 0, 9, 255,
    ]);
    // 3×3 in Adam7: of the seven passes, 1, 4, 5, 6 and 7 have pixels.
    const lines = [
      [0, 10],
      [0, 12],
      [0, 30, 32],
      [0, 11],
      [0, 31],
      [0, 20, 21, 22],
    ];
    const woven = decodePng(
      png({ width: 3, height: 3, depth: 8, colour: 0, raw: new Uint8Array(lines.flat()), interlace: 1 }),
    );
    expect("value" in woven && [...woven.value.values].map((value) => Math.round(value * 255))).toEqual([
      10, 11, 12, 20, 21, 22, 30, 31, 32,
    ]);
  });

  it("refuses huge headers and bombs before they cost anything", () => {
    const started = process.cpuUsage();
    expect(
      problemOf(
        decodePng(png({ width: 50_000, height: 50_000, depth: 8, colour: 6, raw: new Uint8Array(10) })),
      ),
    ).toMatch(/50000×50000, and at most 4096×4096/);
    const bomb = png({
      width: 2,
      height: 2,
      depth: 8,
      colour: 0,
      raw: new Uint8Array(20_000_000),
      interlace: 1,
    });
    expect(problemOf(decodePng(bomb))).toMatch(/more or fewer pixels/);
    const { user, system } = process.cpuUsage(started); // on the processor: others may use it meanwhile
    expect((user + system) / 1_000).toBeLessThan(500);
  });

  it("never ends the program, whatever its bytes", () => {
    const good = png({ width: 4, height: 2, depth: 8, colour: 2, raw: new Uint8Array(26) });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
        const bad = good.slice(0, end);
        if (at < bad.length) bad[at] = byte;
        decodePng(bad);
        decodeJpeg(bad);
        decodeWav(bad);
      }),
      { numRuns: 500 },
    );
  });
});

describe("JPEG", () => {
  const file = (width: number, height: number): Uint8Array =>
    new Uint8Array(encode({ width, height, data: Buffer.alloc(width * height * 4, 200) }, 90).data);

  it("decodes to colours from 0 to 1", () => {
    const decoded = decodeJpeg(file(10, 6));
    if ("problem" in decoded) throw new Error(decoded.problem);
    expect(decoded.value).toMatchObject({ heightPx: 6, widthPx: 10, channels: 3 });
    expect(decoded.value.values.every((value) => Math.abs(value - 200 / 255) < 0.02)).toBe(true);
  });

  it("checks the header first, and says what is wrong with a damaged file", () => {
    const huge = file(8, 8);
    const frame = huge.findIndex((byte, k) => byte === 0xff && huge[k + 1] === 0xc0);
    huge.set([0xc3, 0x50, 0xc3, 0x50], frame + 5);
    expect(problemOf(decodeJpeg(huge))).toMatch(/50000×50000/);
    expect(problemOf(decodeJpeg(file(64, 64).subarray(0, 300)))).not.toBe("none");
    expect(problemOf(decodeJpeg(new Uint8Array([1, 2, 3])))).toMatch(/no JPEG/);
  });
});

/** A WAV file of 16- or 8-bit samples. */
function wav(
  samples: Int16Array | Uint8Array,
  { channels = 1, sampleRateHz = 8000, coding = 1 } = {},
): Uint8Array {
  const body = new Uint8Array(samples.buffer);
  const file = new Uint8Array(44 + body.length);
  const view = new DataView(file.buffer);
  const write = (at: number, text: string) => file.set(new TextEncoder().encode(text), at);
  write(0, "RIFF");
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, coding, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint16(34, samples instanceof Int16Array ? 16 : 8, true);
  write(36, "data");
  view.setUint32(40, body.length, true);
  file.set(body, 44);
  return file;
}

describe("WAV", () => {
  it("decodes 16-bit and 8-bit PCM, and mixes channels", () => {
    const decoded = decodeWav(wav(new Int16Array([0, 16_384, -32_768])));
    expect("value" in decoded && [...decoded.value.values]).toEqual([0, 0.5, -1]);
    const bytes = decodeWav(wav(new Uint8Array([128, 192, 0])));
    expect("value" in bytes && [...bytes.value.values]).toEqual([0, 0.5, -1]);
    const stereo = decodeWav(wav(new Int16Array([16_384, 0, -16_384, -16_384]), { channels: 2 }));
    expect("value" in stereo && [...stereo.value.values]).toEqual([0.25, -0.5]);
  });

  it("refuses other codings, false sizes and long recordings in words", () => {
    expect(problemOf(decodeWav(wav(new Int16Array(2), { coding: 3 })))).toMatch(/coding 3/);
    const lying = wav(new Int16Array(2));
    new DataView(lying.buffer).setUint32(40, 0xffffffff, true);
    expect(problemOf(decodeWav(lying))).toMatch(/4294967295 bytes of sound, but 4/);
    expect(problemOf(decodeWav(wav(new Uint8Array(6100), { sampleRateHz: 100 })))).toMatch(/61 s long/);
    expect(problemOf(decodeWav(new Uint8Array(50)))).toMatch(/no WAV/);
  });
});

describe("a picture", () => {
  it("becomes grey by the parts of red, green and blue, and black where it is transparent", () => {
    const picture = {
      heightPx: 1,
      widthPx: 2,
      channels: 4,
      values: new Float32Array([1, 0, 0, 1, 1, 1, 1, 0]),
    } as const;
    expect([...withChannels(picture, 1).values].map((value) => value.toFixed(3))).toEqual(["0.299", "0.000"]);
    expect([...withChannels(picture, 3).values]).toEqual([1, 0, 0, 0, 0, 0]);
    const grey = { heightPx: 1, widthPx: 1, channels: 1, values: new Float32Array([0.5]) } as const;
    expect([...withChannels(grey, 3).values]).toEqual([0.5, 0.5, 0.5]);
    expect([...withChannels(grey, 4).values]).toEqual([0.5, 0.5, 0.5, 1]);
  });

  it("keeps its mean when its size is divided, and its pixels when it is multiplied", () => {
    const picture = {
      heightPx: 2,
      widthPx: 3,
      channels: 1,
      values: new Float32Array([0, 1, 0.5, 1, 0, 0.5]),
    } as const;
    expect(resized(picture, 1, 1).values[0]).toBeCloseTo(0.5, 6);
    expect([...resized(picture, 2, 6).values]).toEqual([0, 0, 1, 1, 0.5, 0.5, 1, 1, 0, 0, 0.5, 0.5]);
    expect([...resized(picture, 2, 2).values].map((value) => value.toFixed(4))).toEqual([
      "0.3333",
      "0.6667",
      "0.6667",
      "0.3333",
    ]);
  });
});
