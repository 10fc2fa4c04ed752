import { describe, expect, it } from "vitest";
import { bytesOf, rgbaOf } from "./pixels";

const one = (channels: number) => ({ heightPx: 1, widthPx: 1, channels });

describe("pixels for a canvas", () => {
  it("shows one channel in grey, without transparency", () => {
    expect([...rgbaOf(Uint8Array.of(0, 200), { heightPx: 1, widthPx: 2, channels: 1 })]).toEqual([
      0, 0, 0, 255, 200, 200, 200, 255,
    ]);
  });

  it("keeps three channels as colours, and a fourth as transparency", () => {
    expect([...rgbaOf(Uint8Array.of(1, 2, 3), one(3))]).toEqual([1, 2, 3, 255]);
    expect([...rgbaOf(Uint8Array.of(1, 2, 3, 4), one(4))]).toEqual([1, 2, 3, 4]);
  });

  it("shows the mean of any other number of channels", () => {
    expect([...rgbaOf(Uint8Array.of(10, 30), one(2))]).toEqual([20, 20, 20, 255]);
  });

  it("refuses fewer bytes than the size says", () => {
    expect(() => rgbaOf(Uint8Array.of(1), one(3))).toThrow("1×1×3");
  });

  it("reads base64", () => {
    expect([...bytesOf("AAH/")]).toEqual([0, 1, 255]);
  });
});
