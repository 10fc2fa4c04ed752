import type { ReplayView } from "@seams/api";

/** Nearer than this, in the world's unit of length, two pipelines count as still in the same place. */
const SAME_PLACE = 1;

type Moments = readonly { readonly scene: Pick<ReplayView["moments"][number]["scene"], "centre"> }[];

/** The first moment at which two pipelines are no longer in the same place; undefined where they never part. */
export function partingOf(a: Moments, b: Moments): number | undefined {
  const both = Math.min(a.length, b.length);
  for (let moment = 0; moment < both; moment++) {
    const [one, two] = [a[moment]?.scene.centre, b[moment]?.scene.centre];
    if (one === undefined || two === undefined) return undefined;
    if (Math.hypot(one.x - two.x, one.y - two.y) > SAME_PLACE) return moment;
  }
  // One has ended where the other goes on.
  return a.length === b.length ? undefined : both;
}
