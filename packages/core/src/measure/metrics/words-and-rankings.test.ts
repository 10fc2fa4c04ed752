import { describe, expect, it } from "vitest";
import type { Column } from "../../data/column";
import { wilsonInterval } from "../wilson";
import { metrics } from "./index";

const ALPHABET = [" ", ..."abcdefghijklmnopqrstuvwxyz"];

function texts(...written: (string | null)[]): Column {
  const maxLength = 60;
  const data = new Float32Array(written.length * maxLength);
  written.forEach((text, row) =>
    [...(text ?? "")].forEach((letter, k) => {
      data[row * maxLength + k] = ALPHABET.indexOf(letter);
    }),
  );
  return {
    type: { is: "text", alphabet: ALPHABET, maxLength },
    rows: written.length,
    data,
    present: Uint8Array.from(written, (text) => Number(text !== null)),
    lengths: Int32Array.from(written, (text) => text?.length ?? -1),
  };
}

describe("word error rate", () => {
  it("counts words, not letters, and a missing prediction as nothing said", () => {
    const truth = texts("the cat sat", "a dog", null);
    expect(metrics["word-error-rate"].score(truth, texts("the cat sat on", "a frog", "x"))).toBe(2 / 5);
    expect(metrics["word-error-rate"].score(truth, texts(null, "a dog", null))).toBe(3 / 5);
  });
});

describe("BLEU", () => {
  it("clips repeated words: of seven times 'the', two are right", () => {
    // Papineni et al. §2.1; a unigram precision of 2/7 and no right bigram make BLEU-4 zero.
    const truth = texts("the cat is on the mat");
    expect(metrics.bleu.score(truth, texts("the the the the the the the"))).toBe(0);
  });

  it("is the geometric mean of precisions times the brevity penalty", () => {
    const truth = texts("the cat is on the mat now");
    // 6 of 6 words, 5 of 5 pairs, 4 of 4 and 3 of 3; one word too short.
    expect(metrics.bleu.score(truth, texts("the cat is on the mat"))).toBeCloseTo(Math.exp(1 - 7 / 6), 12);
    // 6 of 7 words, 5 of 6 pairs, 4 of 5, 3 of 4; as long as the truth.
    const mean = ((6 / 7) * (5 / 6) * (4 / 5) * (3 / 4)) ** (1 / 4);
    expect(metrics.bleu.score(truth, texts("the cat is on the mat then"))).toBeCloseTo(mean, 12);
  });

  it("pools counts over the test set", () => {
    const truth = texts("a b c d e", "f g h i j");
    const score = metrics.bleu.score(truth, texts("a b c d e", "z z z z z"));
    expect(score).toBeCloseTo(1 / 2, 12);
  });
});

describe("mAP", () => {
  const flags = (values: readonly number[], scores?: readonly number[]): Column => ({
    type: { is: "flags", names: ["x"] },
    rows: values.length,
    data: Float32Array.from(values),
    present: new Uint8Array(values.length).fill(1),
    ...(scores === undefined ? {} : { scores: Float32Array.from(scores) }),
  });

  it("adds up precision at each hit, down the ranking", () => {
    const truth = flags([1, 0, 1, 0]);
    // Hits at ranks 1 and 3: (1/1 + 2/3)/2.
    expect(metrics.map.score(truth, flags([1, 1, 1, 0], [0.9, 0.8, 0.7, 0.1]))).toBeCloseTo(5 / 6, 12);
  });

  it("is the share of positives where all scores are equal", () => {
    expect(metrics.map.score(flags([1, 0, 0, 0]), flags([1, 1, 1, 1], [0.5, 0.5, 0.5, 0.5]))).toBe(0.25);
  });

  it("averages over classes one against the rest, and says nothing without positives", () => {
    const label = (values: readonly number[], scores: readonly number[]): Column => ({
      type: { is: "label", classes: ["a", "b", "c"] },
      rows: values.length,
      data: Float32Array.from(values),
      present: new Uint8Array(values.length).fill(1),
      scores: Float32Array.from(scores),
    });
    const predicted = label([0, 0], [0.8, 0.2, 0, 0.9, 0.1, 0]);
    // a is ranked second of two (1/2), b first (1), c is in no truth.
    expect(metrics.map.score(label([0, 1], []), predicted)).toBeCloseTo((1 / 2 + 1 / 2) / 2, 12);
    expect(metrics.map.score(flags([0]), flags([0]))).toBeUndefined();
  });
});

describe("boxes met", () => {
  it("are those with half of the union or more", () => {
    const boxes = (...values: number[]): Column => ({
      type: { is: "box" },
      rows: values.length / 4,
      data: Float32Array.from(values),
      present: new Uint8Array(values.length / 4).fill(1),
    });
    const truth = boxes(0.5, 0.5, 0.2, 0.2, 0.5, 0.5, 0.2, 0.2);
    const predicted = boxes(0.53, 0.5, 0.2, 0.2, 0.6, 0.6, 0.2, 0.2);
    expect(metrics["iou-50"].score(truth, predicted)).toBe(0.5);
    expect([...(metrics["iou-50"].correct?.(truth, predicted) ?? [])]).toEqual([1, 0]);
  });
});

describe("Wilson's interval", () => {
  it("agrees with the published 8 of 10: .490 to .943", () => {
    const { low, high } = wilsonInterval(8, 10);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
  });

  it("stays between 0 and 1, and isn't empty where all or none succeed", () => {
    expect(wilsonInterval(0, 10)).toMatchObject({ low: 0, high: expect.closeTo(0.2775, 4) });
    expect(wilsonInterval(10, 10)).toMatchObject({ low: expect.closeTo(0.7225, 4), high: 1 });
  });

  it("covers 95 times in 100 on average over shares, as computed from the binomial distribution", () => {
    const n = 20;
    const coverage = (p: number): number => {
      let sum = 0;
      let chance = (1 - p) ** n;
      for (let k = 0; k <= n; k++) {
        const { low, high } = wilsonInterval(k, n);
        if (low <= p && p <= high) sum += chance;
        chance *= ((n - k) / (k + 1)) * (p / (1 - p));
      }
      return sum;
    };
    const shares = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
    const mean = shares.reduce((sum, p) => sum + coverage(p), 0) / shares.length;
    expect(mean).toBeGreaterThan(0.94);
    expect(mean).toBeLessThan(0.97);
  });
});
