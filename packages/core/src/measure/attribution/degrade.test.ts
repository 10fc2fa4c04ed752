import { describe, expect, it } from "vitest";
import type { Column } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import { seed } from "../../ids";
import { stream } from "../../random/streams";
import { metrics } from "../metrics/index";
import { confusionOf, degrade } from "./degrade";

const random = () => stream(seed(2), "degrade");
const full = (type: FieldType, data: readonly number[], slots = data.length): Column => ({
  type,
  rows: data.length === slots ? data.length : slots,
  data: Float32Array.from(data),
  present: new Uint8Array(slots).fill(1),
});

const labels = full(
  { is: "label", classes: ["a", "b", "c"] },
  Array.from({ length: 6000 }, (_, k) => k % 3),
);

describe("degrading a truth", () => {
  it.each([0, 0.3, 0.8, 1])("leaves a share of %d of labels right", (quality) => {
    const score = metrics.accuracy.score(labels, degrade(labels, { quality, random: random() }));
    expect(Math.abs((score ?? 0) - quality)).toBeLessThan(0.02);
  });

  it("keeps right at a higher quality what was right at a lower one", () => {
    const [low, high] = [0.4, 0.7].map((quality) => degrade(labels, { quality, random: random() }).data);
    labels.data.forEach((value, k) => {
      if (low?.[k] === value) expect(high?.[k]).toBe(value);
    });
  });

  it("draws from a stage's own confusions", () => {
    const confusion = [
      [9, 1, 0],
      [0, 9, 1],
      [3, 1, 9],
    ];
    const worse = degrade(labels, { quality: 0.5, random: random(), confusion });
    const counts = confusionOf(labels, worse);
    expect(counts[0]?.[2]).toBe(0);
    expect(counts[1]?.[0]).toBe(0);
    expect((counts[2]?.[0] ?? 0) / (counts[2]?.[1] ?? 1)).toBeGreaterThan(2.4);
  });

  it("jitters boxes until their mean IoU is the quality", () => {
    const draw = random();
    const boxes = full(
      { is: "box" },
      Array.from({ length: 400 }, (_, k) => (k % 4 < 2 ? 0.5 : 0.1 + 0.2 * draw.uniform())),
      100,
    );
    const worse = degrade(boxes, { quality: 0.6, random: random() });
    expect(metrics.iou.score(boxes, worse)).toBeCloseTo(0.6, 3);
    expect(degrade(boxes, { quality: 1, random: random() })).toEqual(boxes);
  });

  it("adds noise to numbers", () => {
    const draw = random();
    const numbers = full(
      { is: "scalar" },
      Array.from({ length: 4000 }, () => 5 + 2 * draw.normal()),
    );
    const error = metrics.rmse.score(numbers, degrade(numbers, { quality: 0.75, random: random() }));
    expect(error).toBeCloseTo(1, 1); // √(.25 · 4)
  });

  it("substitutes letters up to a text's length only", () => {
    const text: Column = {
      type: { is: "text", alphabet: ["a", "b"], maxLength: 4 },
      rows: 2,
      data: new Float32Array(8),
      present: new Uint8Array([1, 0]),
      lengths: new Int32Array([2, -1]),
    };
    expect([...degrade(text, { quality: 0, random: random() }).data]).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
  });
});
