import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseNpy, writeNpy } from "./npy";

/** A .npy file as NumPy writes it: version 1.0 with a header of one's own. */
function npy(header: string, body: ArrayLike<number>): Uint8Array {
  const text = new TextEncoder().encode(header);
  return new Uint8Array([
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    1,
    0,
    text.length & 255,
    text.length >> 8,
    ...text,
    ...Array.from(body),
  ]);
}
const header = (descr: string, shape: string, order = "False"): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`;
const bytesOf = (array: ArrayBufferView<ArrayBuffer>): Uint8Array => new Uint8Array(array.buffer);
const valuesOf = (bytes: Uint8Array): unknown[] => {
  const parsed = parseNpy(bytes);
  return "array" in parsed ? Array.from(parsed.array.values as ArrayLike<unknown>) : [parsed.problem];
};

describe("a .npy file", () => {
  it("reads back as it was written", () => {
    fc.assert(
      fc.property(fc.float32Array(), (values) => {
        const parsed = parseNpy(writeNpy(values, [values.length, 1]));
        expect(parsed).toEqual({ array: { dtype: "<f4", shape: [values.length, 1], values } });
      }),
    );
  });

  it("may hold numbers of any size, booleans, or texts", () => {
    expect(valuesOf(npy(header("<f8", "2,"), bytesOf(new Float64Array([0.1, -2]))))).toEqual([0.1, -2]);
    expect(valuesOf(npy(header("<i8", "2,"), bytesOf(new BigInt64Array([-1n, 5n]))))).toEqual([-1, 5]);
    expect(valuesOf(npy(header("<i2", "1, 2"), bytesOf(new Int16Array([-300, 300]))))).toEqual([-300, 300]);
    expect(valuesOf(npy(header("<u4", ""), bytesOf(new Uint32Array([4e9]))))).toEqual([4e9]);
    expect(valuesOf(npy(header("|b1", "2,"), [1, 0]))).toEqual([1, 0]);
    expect(valuesOf(npy(header("|i1", "1,"), [255]))).toEqual([-1]);
    const text = new Uint32Array([...["c", "a", "t"].map((c) => c.codePointAt(0)!), 0x1f600, 0, 0, 0, 0]);
    expect(valuesOf(npy(header("<U4", "2,"), bytesOf(text)))).toEqual(["cat😀", ""]);
  });

  it("is refused in words where it cannot be read", () => {
    expect(valuesOf(npy(header("<f4", "2, 2", "True"), new Uint8Array(16)))[0]).toMatch(/Fortran/);
    expect(valuesOf(npy(header(">f4", "1,"), new Uint8Array(4)))[0]).toMatch(/big endian/);
    expect(valuesOf(npy(header("|O", "1,"), new Uint8Array(4)))[0]).toMatch(/\|O/);
    expect(valuesOf(npy(header("<f4", "3,"), new Uint8Array(4)))[0]).toMatch(/3 × 4 bytes, but 4/);
    expect(valuesOf(npy(header("<f4", "99999999999, 99999999999"), new Uint8Array(4)))[0]).toMatch(
      /but 4 bytes/,
    );
    expect(valuesOf(npy("{}", []))[0]).toMatch(/header/);
    expect(valuesOf(new Uint8Array([1, 2, 3]))[0]).toMatch(/no \.npy/);
  });

  it("never ends the program, whatever its bytes", () => {
    const good = writeNpy(new Float32Array([1, 2, 3]), [3]);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, byte, end) => {
        const bad = good.slice(0, end);
        if (at < bad.length) bad[at] = byte;
        parseNpy(bad);
      }),
      { numRuns: 2000 },
    );
  });
});
