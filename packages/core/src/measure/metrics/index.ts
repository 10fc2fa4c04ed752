import type { MetricName } from "../../problem/document";
import { accuracy } from "./accuracy";
import { auc } from "./auc";
import { mae, rmse } from "./distance";
import { editDistance } from "./edit-distance";
import { exactMatch } from "./exact-match";
import { iou } from "./iou";
import { macroF1 } from "./macro-f1";
import type { Metric } from "./metric";

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
};
