import type { ProblemView } from "@seams/api";

/** The commonest answer in the training rows, where one answer alone has a score. */
export interface MajorityAnswer {
  readonly value: string;
  /** Its share of the training rows that have a label. */
  readonly share: number;
  readonly rows: number;
}

/**
 * What always giving the commonest answer would come to: its share of the labelled training rows. Only for accuracy on
 * a single label whose values are counted; elsewhere it is not this simple.
 */
export function majorityAnswer(
  { schema, fields }: Pick<ProblemView, "schema" | "fields">,
  metric: string,
): MajorityAnswer | undefined {
  const [target, ...others] = schema.target;
  if (metric !== "accuracy" || target === undefined || others.length > 0) return undefined;
  const histogram = schema.fields[target]?.type.is === "label" ? fields[target]?.histogram : undefined;
  if (histogram === undefined || histogram.length === 0) return undefined;
  const rows = histogram.reduce((sum, { count }) => sum + count, 0);
  const most = histogram.reduce((best, one) => (one.count > best.count ? one : best));
  return rows === 0 ? undefined : { value: most.value, share: most.count / rows, rows };
}
