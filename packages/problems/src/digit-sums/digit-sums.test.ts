import { valuesPerRecord } from "@seams/core";
import { describe, expect, it } from "vitest";
import { DIGIT_PX, loadDigits } from "./digits";
import { IMAGE, PAIRS, pairOrder, pairRecords } from "./pairs";

const digits = await loadDigits();
const PIXELS = DIGIT_PX * DIGIT_PX;
const imageOf = (digit: number): string =>
  Buffer.from(digits.images.subarray(digit * PIXELS, (digit + 1) * PIXELS)).toString("latin1");

describe("digit sums", () => {
  it("uses every digit image in exactly one pair", () => {
    const order = pairOrder();
    expect(new Set(order).size).toBe(10_000);
    expect(order.length).toBe(2 * (PAIRS.train + PAIRS.validation + PAIRS.test));
  });

  it("has no digit image, and no image of the same bytes, on two sides of the split", () => {
    const { split } = pairRecords(digits);
    const sides = new Map<string, Set<string>>();
    pairOrder().forEach((digit, place) => {
      const image = imageOf(digit);
      const seen = sides.get(image) ?? new Set();
      seen.add(split[Math.floor(place / 2)]!);
      sides.set(image, seen);
    });
    expect(sides.size).toBe(10_000);
    expect([...sides.values()].every((seen) => seen.size === 1)).toBe(true);
  });

  it("puts the two digits side by side, between 0 and 1, and adds their labels", () => {
    const { columns, rows } = pairRecords(digits);
    const order = pairOrder();
    for (const row of [0, 17, rows - 1]) {
      const [left, right] = [order[2 * row]!, order[2 * row + 1]!];
      const image = columns["image"]!.data.subarray(
        row * valuesPerRecord(IMAGE),
        (row + 1) * valuesPerRecord(IMAGE),
      );
      for (let y = 0; y < DIGIT_PX; y++) {
        for (let x = 0; x < DIGIT_PX; x++) {
          const at = y * DIGIT_PX + x;
          expect(image[y * 2 * DIGIT_PX + x]).toBeCloseTo(digits.images[left * PIXELS + at]! / 255, 6);
          expect(image[y * 2 * DIGIT_PX + DIGIT_PX + x]).toBeCloseTo(
            digits.images[right * PIXELS + at]! / 255,
            6,
          );
        }
      }
      expect([...columns["digits"]!.data.subarray(2 * row, 2 * row + 2)]).toEqual([
        digits.labels[left],
        digits.labels[right],
      ]);
      expect(columns["sum"]!.data[row]).toBe(digits.labels[left]! + digits.labels[right]!);
    }
    expect(columns["image"]!.data.every((grey) => grey >= 0 && grey <= 1)).toBe(true);
  });
});
