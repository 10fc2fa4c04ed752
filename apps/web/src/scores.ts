import { scoreLook } from "@seams/core/measure";

/** A metric's title and how its values read; a metric of another version keeps its name and plain numbers. */
export function metricLook(metric: string): { readonly title: string; readonly isShare: boolean } {
  const known = scoreLook(metric);
  return { title: known?.title ?? metric, isShare: known?.isShare ?? false };
}

/** `71.3 %` for shares, three digits for other scores. */
export function writeScore(metric: string, value: number): string {
  if (!Number.isFinite(value)) return "not a number";
  return metricLook(metric).isShare ? `${(value * 100).toFixed(1)} %` : String(Number(value.toPrecision(3)));
}

/** `70 %` on an axis: no digit more than it needs. */
export const tickScore = (metric: string, value: number): string =>
  metricLook(metric).isShare
    ? `${Number((value * 100).toPrecision(6))} %`
    : String(Number(value.toPrecision(4)));

/** An end of an interval: of a share none lies outside of what a share can be. */
export const bounded = (metric: string, end: number): number =>
  metricLook(metric).isShare ? Math.min(1, Math.max(0, end)) : end;

/** `69.0 to 73.4 %` */
export function writeRange(metric: string, low: number, high: number): string {
  return metricLook(metric).isShare
    ? `${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)} %`
    : `${writeScore(metric, low)} to ${writeScore(metric, high)}`;
}

/** `+6.1 points`, `−0.32`: a difference of two scores. */
export function writeGain(metric: string, value: number): string {
  const sign = value < 0 ? "−" : "+";
  const size = Math.abs(value);
  return metricLook(metric).isShare
    ? `${sign}${(size * 100).toFixed(1)} points`
    : `${sign}${Number(size.toPrecision(3))}`;
}
