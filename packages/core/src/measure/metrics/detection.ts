import { type Column, scoresPerRecord, slotsPerRecord } from "../../data/column";
import type { ScoreLook } from "../../environment/closed-loop-metrics";
import { averagePrecision, type Ranked } from "./average-precision";
import { isHit } from "./iou";
import { elementOf } from "./metric";

/** The score of a stage that says where things are, and which of its places hold one. */
export const DETECTION = "ap-50";

/** How it is to be read. */
export const detectionLook: ScoreLook = {
  title: "AP@.5",
  formula:
    "Σ (recall gained) × (precision there), down the places by how surely they hold a thing; found: intersection ÷ union of at least .5",
  higherIsBetter: true,
  isShare: true,
};

/** Boxes of a detector's places, and which of the places hold a thing. */
export interface Detections {
  readonly boxes: Column;
  readonly exists: Column;
}

/**
 * Average precision of boxes at an IoU of .5. Places are ranked by how probable it is that they hold a thing; one is
 * found where it holds one and its box meets the true one. A thing whose box is missed is counted among those to be
 * found. Each place has at most one box, so that nothing has to be matched. Places without a known truth are left out.
 *
 * @see Everingham et al., The Pascal VOC Challenge (2010), with the area under the whole curve
 * @returns undefined where no place holds a thing
 */
export function detectionPrecision(truth: Detections, predicted: Detections): number | undefined {
  const surely = certainty(predicted.exists);
  const ranked: Ranked[] = [];
  let things = 0;
  truth.exists.present.forEach((there, slot) => {
    if (there !== 1) return;
    const holds = truth.exists.data[slot] === 1;
    if (holds) things++;
    ranked.push({ score: surely(slot), positive: holds && isHit(truth.boxes, predicted.boxes, slot) });
  });
  return things === 0 ? undefined : averagePrecision(ranked, things);
}

/**
 * Whether a column says which places of a column of boxes hold one: one of two classes, or a single flag, a place, and
 * true exactly where there is a box.
 */
export function tellsWhereBoxesAre(exists: Column, boxes: Column): boolean {
  const type = elementOf(exists.type);
  const isYesOrNo =
    (type.is === "label" && type.classes.length === 2) || (type.is === "flags" && type.names.length === 1);
  if (elementOf(boxes.type).is !== "box" || !isYesOrNo) return false;
  if (slotsPerRecord(exists.type) !== slotsPerRecord(boxes.type)) return false;
  return exists.present.every((there, slot) => there !== 1 || exists.data[slot] === boxes.present[slot]);
}

/** How probable it is that a place holds a thing; without probabilities, 1 or 0. */
function certainty({ type, scores, data, present }: Column): (slot: number) => number {
  const perSlot = scoresPerRecord(type) / slotsPerRecord(type);
  return (slot) => {
    if (present[slot] !== 1) return Number.NEGATIVE_INFINITY;
    return scores?.[slot * perSlot + perSlot - 1] ?? data[slot] ?? 0;
  };
}
