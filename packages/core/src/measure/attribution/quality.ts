import type { Column } from "../../data/column";
import { accuracy } from "../metrics/accuracy";
import { iou } from "../metrics/iou";
import { elementOf } from "../metrics/metric";
import { eachLabelled, valuesPerSlot } from "../metrics/slots";

/**
 * How good predictions are, on the scale on which `degrade` makes truths worse: the share of right values, the mean IoU
 * of boxes, 1 − mean squared error ÷ variance of amounts, never below 0. Of a text the letters count, place by place.
 *
 * @returns undefined where nothing has a truth, and for amounts that are all the same
 */
export function qualityOf(truth: Column, predicted: Column): number | undefined {
  const { is } = elementOf(truth.type);
  if (is === "box") return iou.score(truth, predicted);
  if (truth.type.is === "text") return rightLetters(truth, predicted, truth.type.maxLength);
  return is === "label" || is === "flags" ? accuracy.score(truth, predicted) : explained(truth, predicted);
}

function rightLetters(truth: Column, predicted: Column, longest: number): number | undefined {
  let [right, all] = [0, 0];
  for (let row = 0; row < truth.rows; row++) {
    const length = truth.present[row] === 1 ? Math.max(0, truth.lengths?.[row] ?? 0) : 0;
    const said = predicted.present[row] === 1 ? Math.max(0, predicted.lengths?.[row] ?? 0) : 0;
    all += length;
    for (let k = row * longest; k < row * longest + Math.min(length, said); k++)
      if (predicted.data[k] === truth.data[k]) right++;
  }
  return all === 0 ? undefined : right / all;
}

/** A missing prediction counts as if it were the mean of the truths. */
function explained(truth: Column, predicted: Column): number | undefined {
  const width = valuesPerSlot(truth);
  const values: { readonly actual: number; readonly said: number | undefined }[] = [];
  eachLabelled(truth, (slot) => {
    for (let at = slot * width; at < (slot + 1) * width; at++)
      values.push({
        actual: truth.data[at] ?? 0,
        said: predicted.present[slot] === 1 ? predicted.data[at] : undefined,
      });
  });
  const mean = values.reduce((sum, { actual }) => sum + actual, 0) / Math.max(1, values.length);
  const variation = values.reduce((sum, { actual }) => sum + (actual - mean) ** 2, 0);
  const errors = values.reduce((sum, { actual, said = mean }) => sum + (actual - said) ** 2, 0);
  return variation === 0 ? undefined : Math.max(0, 1 - errors / variation);
}
