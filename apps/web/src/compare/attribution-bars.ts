import type { PipelineAttribution } from "@seams/core/measure";

/** One bar of a waterfall, as scores. */
export interface WaterfallBar {
  readonly key: string;
  readonly title: string;
  readonly look: "total" | "gain" | "loss";
  readonly from: number;
  readonly to: number;
  /** Ends of the interval of `to`. */
  readonly low?: number;
  readonly high?: number;
  /** Absent for totals: the improvement that this stage's perfection brings. */
  readonly gain?: number;
}

/** A waterfall from the score as it is to the score with every labelled stage true. Gains are improvements: errors fall. */
export function waterfallBars(
  { steps, base, ceiling }: Pick<PipelineAttribution, "steps" | "base" | "ceiling">,
  higherIsBetter: boolean,
): readonly WaterfallBar[] {
  const sign = higherIsBetter ? 1 : -1;
  let at = base;
  const bars = steps.map(({ stage, gain, low, high }): WaterfallBar => {
    const from = at;
    at += sign * gain;
    const ends =
      low === undefined || high === undefined
        ? {}
        : {
            low: from + Math.min(sign * low, sign * high),
            high: from + Math.max(sign * low, sign * high),
          };
    return {
      key: `stage ${stage}`,
      title: `${stage} perfect`,
      look: gain < 0 ? "loss" : "gain",
      from,
      to: at,
      gain,
      ...ends,
    };
  });
  return [
    { key: "base", title: "As it is", look: "total", from: 0, to: base },
    ...bars,
    { key: "ceiling", title: "Every labelled stage perfect", look: "total", from: 0, to: ceiling },
  ];
}
