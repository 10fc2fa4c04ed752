import { seed, stream } from "@seams/core";
import { headLoss, type LossName, type Normalise, type StepLoss, slotLosses } from "@seams/core/train";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../src/backends";
import type { Machine } from "../src/machine";
import { testedForms } from "./support/tested";

/** Losses of single slots; ctc has tests of its own. */
type SlotLoss = Exclude<LossName, "ctc">;
type SlotHead = StepLoss & { readonly loss: SlotLoss };

/** The same losses in double precision, written from their formulas and nothing else. */
const reference: Record<SlotLoss, (z: number[], t: number[]) => number> = {
  "softmax-cross-entropy": (z, [t]) => Math.log(z.reduce((sum, value) => sum + Math.exp(value), 0)) - z[t!]!,
  "sigmoid-cross-entropy": (z, t) =>
    mean(
      z.map(
        (value, i) =>
          -t[i]! * Math.log(1 / (1 + Math.exp(-value))) -
          (1 - t[i]!) * Math.log(1 - 1 / (1 + Math.exp(-value))),
      ),
    ),
  "squared-error": (z, t) => mean(z.map((value, i) => (value - t[i]!) ** 2)),
  "smooth-l1": (z, t) =>
    mean(z.map((value, i) => Math.abs(value - t[i]!)).map((d) => (d < 1 ? 0.5 * d * d : d - 0.5))),
};
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const ROWS = 6;
const losses = Object.keys(reference) as SlotLoss[];
const normalisations: readonly Normalise[] = ["expected", "batch", "labelled"];

interface Batch {
  readonly raw: number[];
  readonly target: number[];
  readonly mask: number[];
}

function headOf(loss: SlotLoss, normalise: Normalise): SlotHead {
  return {
    output: "y",
    target: "t",
    mask: "m",
    loss,
    slots: 2,
    width: 3,
    weight: 1,
    normalise,
    share: 0.4,
    unit: 1.7,
  };
}

function batchOf(head: SlotHead): Batch {
  const random = stream(seed(7), head.loss, head.normalise);
  const isSoftmax = head.loss === "softmax-cross-entropy";
  const perSlot = isSoftmax ? 1 : head.width;
  return {
    raw: Array.from({ length: ROWS * head.slots * head.width }, () => Math.fround(3 * random.normal())),
    target: Array.from({ length: ROWS * head.slots * perSlot }, () =>
      isSoftmax
        ? random.integer(3)
        : head.loss === "sigmoid-cross-entropy"
          ? random.integer(2)
          : Math.fround(random.normal()),
    ),
    mask: Array.from({ length: ROWS * head.slots }, () => random.integer(2)),
  };
}

function referenceLoss(head: SlotHead, { raw, target, mask }: Batch): number {
  const perSlot = head.loss === "softmax-cross-entropy" ? 1 : head.width;
  let sum = 0;
  for (const [slot, isLabelled] of mask.entries()) {
    if (isLabelled === 0) continue;
    sum += reference[head.loss](
      raw.slice(slot * head.width, (slot + 1) * head.width),
      target.slice(slot * perSlot, (slot + 1) * perSlot),
    );
  }
  const divisors: Record<Normalise, number> = {
    expected: ROWS * head.slots * head.share,
    batch: ROWS * head.slots,
    labelled: mask.reduce((count, one) => count + one, 0),
  };
  return sum / divisors[head.normalise] / head.unit;
}

/** ∂/∂zᵢ by central differences in double precision. */
function referenceGradient(head: SlotHead, batch: Batch): number[] {
  const step = 1e-5;
  return batch.raw.map((_, at) => {
    const moved = (by: number): Batch => ({
      ...batch,
      raw: batch.raw.map((value, i) => (i === at ? value + by : value)),
    });
    return (referenceLoss(head, moved(step)) - referenceLoss(head, moved(-step))) / (2 * step);
  });
}

describe.each([...new Set(testedForms.map(([, backend]) => backend))])("losses on %s", (name) => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await loadBackend(name);
  });

  function lossAndGradient(head: StepLoss, batch: Batch): { loss: number; gradient: Float32Array } {
    machine.use();
    const { tf } = machine;
    return tf.tidy(() => {
      const target = tf.tensor(Float32Array.from(batch.target), [ROWS, batch.target.length / ROWS]);
      const mask = tf.tensor(Float32Array.from(batch.mask), [ROWS, head.slots]);
      const call = tf.valueAndGrad((raw) => headLoss(tf, head, { raw, target, mask }));
      const { value, grad } = call(tf.tensor(Float32Array.from(batch.raw), [ROWS, head.slots * head.width]));
      return { loss: value.dataSync()[0]!, gradient: Float32Array.from(grad.dataSync()) };
    });
  }

  describe.each(losses)("%s", (loss) => {
    it.each(normalisations)("%s: equals its formula, and its gradient finite differences", (normalise) => {
      const head = headOf(loss, normalise);
      const batch = batchOf(head);
      const found = lossAndGradient(head, batch);
      expect(found.loss).toBeCloseTo(referenceLoss(head, batch), 5);
      for (const [i, expected] of referenceGradient(head, batch).entries())
        expect(found.gradient[i]).toBeCloseTo(expected, 5);
    });

    it("has gradient exactly 0 at masked slots, even where the target is NaN or 1e9", () => {
      const head = headOf(loss, "expected");
      const batch = batchOf(head);
      const perSlot = batch.target.length / batch.mask.length;
      const spoilt = (value: number): Batch => ({
        ...batch,
        target: batch.target.map((kept, i) => (batch.mask[Math.floor(i / perSlot)] === 0 ? value : kept)),
      });
      const clean = lossAndGradient(head, batch);
      for (const value of [Number.NaN, 1e9, -1e9, Number.POSITIVE_INFINITY]) {
        expect(lossAndGradient(head, spoilt(value))).toEqual(clean);
      }
      for (const [i, gradient] of clean.gradient.entries()) {
        if (batch.mask[Math.floor(i / head.width)] === 0) expect(Math.abs(gradient)).toBe(0);
      }
    });

    it("is 0, not NaN, when nothing is labelled", () => {
      const head = headOf(loss, "labelled");
      const batch = { ...batchOf(head), mask: Array<number>(ROWS * head.slots).fill(0) };
      const { loss: value, gradient } = lossAndGradient(head, batch);
      expect(value).toBe(0);
      expect(gradient.every((one) => Math.abs(one) === 0)).toBe(true);
    });

    it("stays finite for raw values of ±80", () => {
      const head = headOf(loss, "batch");
      const batch = batchOf(head);
      const extreme = {
        ...batch,
        raw: batch.raw.map((value) => (value > 0 ? 80 : -80)),
        mask: batch.mask.map(() => 1),
      };
      const { loss: value, gradient } = lossAndGradient(head, extreme);
      expect(Number.isFinite(value)).toBe(true);
      expect(gradient.every(Number.isFinite)).toBe(true);
    });
  });

  it("gives each slot's own loss, in order", () => {
    const { tf } = machine;
    const head = headOf("squared-error", "batch");
    const batch = batchOf(head);
    const found = tf.tidy(() =>
      Array.from(
        slotLosses(tf, head, {
          raw: tf.tensor(Float32Array.from(batch.raw), [ROWS, 6]),
          target: tf.tensor(Float32Array.from(batch.target), [ROWS, 6]),
          mask: tf.tensor(Float32Array.from(batch.mask), [ROWS, 2]),
        }).dataSync(),
      ),
    );
    for (const [slot, loss] of found.entries()) {
      const at = [slot * 3, slot * 3 + 3] as const;
      const expected =
        batch.mask[slot] === 0
          ? 0
          : reference["squared-error"](batch.raw.slice(...at), batch.target.slice(...at));
      expect(loss).toBeCloseTo(expected, 5);
    }
  });
});
