import { describe, expect, it } from "vitest";
import { envelope, signalWords, wavOf } from "./wave";

describe("a recording", () => {
  it("keeps its peaks in however few columns it is drawn", () => {
    expect(envelope([0, 0.9, 0, -0.8, 0, 0], 2)).toEqual([
      { low: 0, high: 0.9 },
      { low: -0.8, high: 0 },
    ]);
  });

  it("is drawn sample by sample where there are fewer samples than columns", () => {
    expect(envelope([0.1, -0.2], 100)).toHaveLength(2);
    expect(envelope([], 100)).toEqual([]);
  });

  it("says how long and how loud it is", () => {
    expect(
      signalWords(
        Array.from({ length: 8000 }, () => -0.42),
        16_000,
      ),
    ).toBe("0.500 s at 16,000 Hz, peak 0.42");
  });

  it("becomes a WAV file of 16-bit samples, clipped", () => {
    const file = wavOf([0, 1, -2], 8000);
    const view = new DataView(file.buffer);
    expect(new TextDecoder().decode(file.subarray(0, 4))).toBe("RIFF");
    expect(view.getUint32(4, true)).toBe(file.length - 8);
    expect(view.getUint32(24, true)).toBe(8000);
    expect([44, 46, 48].map((at) => view.getInt16(at, true))).toEqual([0, 32_767, -32_767]);
  });
});
