import { dropoutThreshold } from "@seams/core/train";
import { at, times, type Value } from "../build";
import { piecesBetween } from "../layout";
import type { Draw, Emission, Lowering } from "../lowering";
import type { Place } from "../tape";
import { numberParam } from "./params";
import { only } from "./sources";

/** Leaves values out by the layer's random words of the step; outside of training, the value as it is. */
export const dropout: Lowering = {
  wishes: (_, own) => own,
  layout: ({ sources, group }) => ({ ...only(sources), shape: group.shape }),
  emit: (emission) => {
    const { build, group, sources } = emission;
    const x = only(sources);
    const draw = emission.draw();
    if (draw === undefined) return { ...x, layout: group.layout };
    const y = build.value(group);
    emitDrop(emission, y, { draw, x: at(x), y: at(y), add: 0 });
    if (!build.learns(y)) return y;
    build.backward(() => {
      const { place, add } = build.gradientInto(x);
      emitDrop(emission, y, { draw, x: build.gradient(y), y: place, add });
    });
    return y;
  },
};

/** The mask is made anew on the way back: that costs less than to keep it. */
function emitDrop(
  { build, group }: Emission,
  { layout, rows }: Value,
  { draw, ...ends }: { readonly draw: Draw; readonly x: Place; readonly y: Place; readonly add: 0 | 1 },
): void {
  const rate = numberParam(group.facts.layer, "rate");
  const { places, stride } = layout;
  const pieces = piecesBetween(
    places.map((_, index) => index),
    places,
  ).flatMap(({ from, to, length }) => [4 * from, 4 * to, 4 * length]);
  build.tape.call("drop", {
    ...ends,
    records: times(rows),
    size: places.length,
    xRecord: 4 * stride,
    yRecord: 4 * stride,
    pieces: build.tape.table(Int32Array.from(pieces)),
    count: pieces.length / 3,
    key0: draw.key[0],
    key1: draw.key[1],
    clock: draw.clock,
    least: dropoutThreshold(rate),
    scale: 1 / (1 - rate),
  });
}
