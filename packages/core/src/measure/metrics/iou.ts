import { type Column, slotsPerRecord } from "../../data/column";
import type { Metric } from "./metric";
import { eachLabelled } from "./slots";

/**
 * Mean over labelled boxes of the intersection's area ÷ the union's. A missing prediction, and two boxes without area,
 * count 0.
 * @see Jaccard (1912); Everingham et al., The Pascal VOC Challenge (2010)
 */
export const iou: Metric = {
  name: "iou",
  title: "IoU",
  formula: "mean of intersection ÷ union of the boxes",
  higherIsBetter: true,
  isShare: false,
  score: (truth, predicted) => {
    let sum = 0;
    let boxes = 0;
    eachLabelled(truth, (slot) => {
      boxes++;
      if (predicted.present[slot] !== 1) return;
      const at = (data: Float32Array): Box => data.subarray(slot * 4, slot * 4 + 4);
      sum += overlap(at(truth.data), at(predicted.data));
    });
    return boxes === 0 ? undefined : sum / boxes;
  },
};

const HIT = 0.5;

/**
 * Share of labelled boxes met with IoU of at least .5, slot by slot. Boxes alone carry no confidence, so there is no
 * ranking that an average precision could go down; `detectionPrecision` takes it from the stage's other output.
 * @see Everingham et al., The Pascal VOC Challenge (2010), for the threshold
 */
export const boxHits: Metric = {
  name: "iou-50",
  title: "Boxes met",
  formula: "boxes with intersection ÷ union of at least .5 ÷ labelled boxes",
  higherIsBetter: true,
  isShare: true,
  score: (truth, predicted) => {
    let hits = 0;
    let boxes = 0;
    eachLabelled(truth, (slot) => {
      boxes++;
      if (isHit(truth, predicted, slot)) hits++;
    });
    return boxes === 0 ? undefined : hits / boxes;
  },
  correct: (truth, predicted) => {
    if (slotsPerRecord(truth.type) !== 1) return undefined;
    return Int8Array.from({ length: truth.rows }, (_, row) =>
      truth.present[row] === 1 ? Number(isHit(truth, predicted, row)) : -1,
    );
  },
};

/** Whether a predicted box meets the true one with an IoU of at least .5. */
export function isHit(truth: Column, predicted: Column, slot: number): boolean {
  const at = (data: Float32Array): Box => data.subarray(slot * 4, slot * 4 + 4);
  return predicted.present[slot] === 1 && overlap(at(truth.data), at(predicted.data)) >= HIT;
}

/** Centre x, centre y, width, height. */
type Box = Float32Array;

function overlap(a: Box, b: Box): number {
  const shared = sharedLength(a, b, 0) * sharedLength(a, b, 1);
  const union = area(a) + area(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** How much of an axis both boxes cover: 0 = x, 1 = y. */
function sharedLength(a: Box, b: Box, axis: 0 | 1): number {
  const [aLow, aHigh] = ends(a, axis);
  const [bLow, bHigh] = ends(b, axis);
  return Math.max(0, Math.min(aHigh, bHigh) - Math.max(aLow, bLow));
}

function ends(box: Box, axis: 0 | 1): readonly [number, number] {
  const centre = box[axis] ?? 0;
  const half = Math.max(0, box[axis + 2] ?? 0) / 2;
  return [centre - half, centre + half];
}

const area = (box: Box): number => Math.max(0, box[2] ?? 0) * Math.max(0, box[3] ?? 0);
