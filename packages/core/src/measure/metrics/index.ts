import type { MetricName } from "../../problem/document";
import { accuracy } from "./accuracy";
import { auc } from "./auc";
import { meanAveragePrecision } from "./average-precision";
import { bleu } from "./bleu";
import { mae, rmse } from "./distance";
import { editDistance } from "./edit-distance";
import { exactMatch } from "./exact-match";
import { boxHits, iou } from "./iou";
import { macroF1 } from "./macro-f1";
import type { Metric } from "./metric";
import { wordErrorRate } from "./word-error-rate";

/** Every metric, by name. Which field types each fits: `metricsFor` of problem/metrics.ts. */
export const metrics: Readonly<Record<MetricName, Metric>> = {
  accuracy,
  "macro-f1": macroF1,
  auc,
  rmse,
  mae,
  iou,
  "exact-match": exactMatch,
  "edit-distance": editDistance,
  map: meanAveragePrecision,
  "iou-50": boxHits,
  "word-error-rate": wordErrorRate,
  bleu,
};
