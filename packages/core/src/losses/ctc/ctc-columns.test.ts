import { describe, expect, it } from "vitest";
import type { Column } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { constantPredictorLoss } from "../constant-predictor-loss";
import { decodeFrames } from "./ctc-decode";
import { symbolTargets } from "./ctc-targets";

const digits: FieldType = { is: "sequence", of: { is: "label", classes: ["0", "1", "2"] }, maxLength: 3 };
const word: FieldType = { is: "text", alphabet: ["a", "b"], maxLength: 3 };

const sequences: Column = {
  type: digits,
  rows: 5,
  // 1 2, nothing said, missing, an element missing, a class that is none of the field's
  data: Float32Array.of(1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1, 0),
  present: Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0),
  lengths: Int32Array.of(2, 0, -1, 2, 2),
};

describe("symbols as targets along frames", () => {
  it("stand in front, and count where all of a record's are there and known", () => {
    const { target, mask } = symbolTargets(sequences, { frames: 5, symbols: 3 }, () => true);
    expect([...target.subarray(0, 5)]).toEqual([1, 2, -1, -1, -1]);
    expect([...target.subarray(5)].every((symbol) => symbol === -1)).toBe(true);
    expect(Array.from({ length: 5 }, (_, row) => [...mask.subarray(5 * row, 5 * row + 5)].join(""))).toEqual([
      "11111",
      "11111",
      "00000",
      "00000",
      "00000",
    ]);
  });

  it("don't count where the record doesn't", () => {
    const { mask } = symbolTargets(sequences, { frames: 5, symbols: 3 }, (row) => row === 1);
    expect([...mask].indexOf(1)).toBe(5);
  });

  it("of a text are its letters", () => {
    const texts: Column = {
      type: word,
      rows: 2,
      data: Float32Array.of(1, 0, 0, 1, 1, 1),
      present: Uint8Array.of(1, 1),
      lengths: Int32Array.of(2, 3),
    };
    const { target, mask } = symbolTargets(texts, { frames: 5, symbols: 2 }, () => true);
    expect([...target]).toEqual([1, 0, -1, -1, -1, 1, 1, 1, -1, -1]);
    expect(mask.every((counts) => counts === 1)).toBe(true);
  });

  it("have as unit what is lost by one who knows all but which symbols they are", () => {
    // Two symbols, equally often, on five frames each of two records: 2 · ln 2 / 10.
    const target = Float32Array.of(1, -1, -1, -1, -1, 2, -1, -1, -1, -1);
    const labels = { loss: "ctc", target, mask: new Float32Array(10).fill(1), slots: 5, width: 4 } as const;
    expect(constantPredictorLoss(labels)).toBeCloseTo((2 * Math.LN2) / 10, 12);
    expect(constantPredictorLoss({ ...labels, mask: new Float32Array(10) })).toBe(1);
  });
});

describe("frames", () => {
  /** Raw values of frames that each are sure of one symbol. */
  const saying = (symbols: readonly number[], width: number): Float32Array =>
    Float32Array.from(
      symbols.flatMap((symbol) => Array.from({ length: width }, (_, k) => (k === symbol ? 1 : 0))),
    );

  it("say their likeliest symbols, repeats made one and blanks left out", () => {
    const blank = 3;
    const raw = saying([blank, 1, 1, blank, 1, 2, blank, blank, blank, blank, blank, blank, blank, blank], 4);
    const { data, lengths, present } = decodeFrames(raw, { type: digits, rows: 2 }, () => true);
    expect([...data]).toEqual([1, 1, 2, 0, 0, 0]);
    expect([...(lengths ?? [])]).toEqual([3, 0]);
    expect([...present]).toEqual([1, 1, 1, 0, 0, 0]);
  });

  it("are cut at the longest value of the type, and say nothing of a record that isn't there", () => {
    const raw = saying([0, 1, 0, 1, 0, 0, 1, 2, 2, 2], 3);
    const { data, lengths, present } = decodeFrames(raw, { type: word, rows: 2 }, (row) => row === 0);
    expect([...data]).toEqual([0, 1, 0, 0, 0, 0]);
    expect([...(lengths ?? [])]).toEqual([3, -1]);
    expect([...present]).toEqual([1, 0]);
  });
});
