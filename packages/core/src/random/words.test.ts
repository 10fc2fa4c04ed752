import { describe, expect, it } from "vitest";
import { fillWords, type WordKey } from "./words";

const wordsOf = (key: WordKey, step: number, count = 4096): Uint32Array => {
  const words = new Uint32Array(count);
  fillWords(words, { key, step });
  return words;
};

describe("random words", () => {
  it("are the same for the same key and step", () => {
    expect([...wordsOf([7, 9], 3, 3)]).toEqual([...wordsOf([7, 9], 3).subarray(0, 3)]);
    expect([...wordsOf([7, 9], 3, 3)]).toEqual([3_727_323_903, 319_265_764, 2_992_456_494]);
  });

  it("have every bit set in half of them", () => {
    const words = wordsOf([1, 2], 1, 65_536);
    for (let bit = 0; bit < 32; bit++) {
      const set = words.reduce((sum, word) => sum + ((word >>> bit) & 1), 0) / words.length;
      expect(Math.abs(set - 0.5)).toBeLessThan(0.01); // five deviations
    }
  });

  it("agree in half of their bits between neighbouring steps, keys and places", () => {
    const base = wordsOf([5, 6], 10);
    const others = [wordsOf([5, 6], 11), wordsOf([6, 6], 10), wordsOf([5, 7], 10), shifted(base)];
    for (const other of others) {
      const same = base.reduce((sum, word, at) => sum + 32 - bitsOf(word ^ (other[at] ?? 0)), 0);
      expect(Math.abs(same / (32 * base.length) - 0.5)).toBeLessThan(0.01);
    }
  });
});

const shifted = (words: Uint32Array): Uint32Array => Uint32Array.from([...words.subarray(1), words[0] ?? 0]);

function bitsOf(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
