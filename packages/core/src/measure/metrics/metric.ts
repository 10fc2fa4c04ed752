import type { Column } from "../../data/column";
import type { FieldType } from "../../graph/field-type";
import type { MetricName } from "../../problem/document";

/**
 * A number that says how well predictions match the truth. What has no truth is not scored; a prediction that is
 * missing, or no class of the type, is wrong.
 */
export interface Metric {
  readonly name: MetricName;
  readonly title: string;
  /** The formula in words and symbols, for docs and tooltips. */
  readonly formula: string;
  readonly higherIsBetter: boolean;
  /** Whether its value is a share of right ones, from 0 to 1. */
  readonly isShare: boolean;
  /**
   * @param truth and `predicted` have the same type and rows
   * @returns undefined where nothing can be scored
   */
  score(truth: Column, predicted: Column): number | undefined;
  /** Where the score is the share of right records: each record's 1 (right), 0 (wrong) or −1 (not scored). */
  correct?(truth: Column, predicted: Column): Int8Array | undefined;
}

/** The type of the parts that are scored one by one: a sequence's elements, or the type itself. */
export const elementOf = (type: FieldType): Exclude<FieldType, { is: "sequence" }> =>
  type.is === "sequence" ? type.of : type;
