import { ClosedLoopMetric, closedLoopMetrics, type ScoreLook } from "../environment/closed-loop-metrics";
import { MetricName, type ProblemSchema } from "../problem/document";
import { DETECTION, detectionLook } from "./metrics/detection";
import { metrics } from "./metrics/index";

/** A metric of single answers, or of a closed loop. */
export type ScoreName = MetricName | ClosedLoopMetric;

/** The score that a problem's pipelines are compared by: success in the loop where there is one, else its first metric. */
export const headlineOf = ({ environment, metrics: named }: ProblemSchema): ScoreName | undefined =>
  environment === undefined ? named[0]?.metric : "closed-loop-success";

/**
 * How a score is to be read, by its name: a metric's, or `metric:part` of one target, head or condition. Undefined for
 * names that are no metric's.
 */
export function scoreLook(name: string): ScoreLook | undefined {
  const [metric] = name.split(":");
  if (metric === DETECTION) return detectionLook;
  const closed = ClosedLoopMetric.safeParse(metric);
  if (closed.success) return closedLoopMetrics[closed.data];
  const open = MetricName.safeParse(metric);
  return open.success ? metrics[open.data] : undefined;
}
