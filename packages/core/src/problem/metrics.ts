import type { FieldType } from "../graph/field-type";
import type { MetricName } from "./document";

/** The metrics that can score a field of this type; the first is the usual one. */
export function metricsFor(type: FieldType): readonly [MetricName, ...MetricName[]] {
  switch (type.is) {
    case "label":
      return type.classes.length === 2
        ? ["accuracy", "macro-f1", "auc", "map"]
        : ["accuracy", "macro-f1", "map"];
    case "flags":
      return ["macro-f1", "accuracy", "auc", "map", "exact-match"];
    case "box":
      return ["iou", "iou-50"];
    case "text":
      return ["exact-match", "edit-distance", "word-error-rate", "bleu"];
    case "sequence":
      return metricsForSequence(type.of);
    case "scalar":
    case "vector":
    case "image":
    case "signal":
      return ["rmse", "mae"];
  }
}

/** A sequence is scored element by element, or as a whole where its elements are right or wrong. */
function metricsForSequence(of: FieldType): readonly [MetricName, ...MetricName[]] {
  if (of.is === "label") return ["accuracy", "exact-match", "edit-distance", "macro-f1", "bleu"];
  return of.is === "flags" || of.is === "text" ? ["exact-match", ...metricsFor(of)] : metricsFor(of);
}
