import type { Shape } from "@seams/core/train";
import { at, times, type Value } from "../build";
import { type Layout, rowLayout, stepsLayout } from "../layout";
import type { Emission, Lowering } from "../lowering";
import { gridOf } from "./geometry";
import { only } from "./sources";

/** exp xₖ / Σⱼ exp xⱼ along the last side. */
export const softmax: Lowering = probabilities("softmax");

/** 1 / (1 + exp −x). */
export const sigmoid: Lowering = probabilities("sigmoid");

function probabilities(kernel: "softmax" | "sigmoid"): Lowering {
  return {
    layout: ({ group }) => columnLayout(group.shape),
    emit: (emission) => emit(kernel, emission),
  };
}

function emit(kernel: "softmax" | "sigmoid", { build, group, sources }: Emission): Value {
  const source = only(sources);
  const x = isColumn(source.layout) ? source : build.relaid(source, columnLayout(group.shape));
  const y = build.value(group);
  const grid = gridOf(y.layout);
  const common = { records: times(y.rows), places: grid.height, channels: grid.channels };
  const ends = { ...end("x", x), ...end("y", y) };
  build.tape.call(kernel, { ...common, ...ends, x: inside(x), y: inside(y) });
  if (!build.learns(y)) return y;
  build.backward(() => {
    const { place, add } = build.gradientInto(x);
    build.tape.call(`${kernel}Gradient`, {
      ...common,
      ...end("y", y),
      y: inside(y),
      ...end("dy", y),
      dy: { ...build.gradient(y), offset: grid.first },
      ...end("dx", x),
      dx: { ...place, offset: gridOf(x.layout).first },
      add,
    });
  });
  return y;
}

const inside = (value: Value) => at(value, gridOf(value.layout).first);

/** A value's distances under a kernel's names. */
const end = (name: string, { layout }: Value): Record<string, number> => ({
  [`${name}Record`]: 4 * layout.stride,
  [`${name}Place`]: 4 * gridOf(layout).row,
});

/** Pixels one below the other, whatever the shape. */
function columnLayout(shape: Shape): Layout {
  const channels = shape.at(-1) ?? 0;
  if (shape.length === 1) return rowLayout(channels);
  const places = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  const { element, ...layout } = stepsLayout(rowLayout(channels), places);
  return { ...layout, shape, ...(shape.length === 2 && element !== undefined ? { element } : {}) };
}

/** Whether there is one pixel a row, with room behind it up to a multiple of 4. */
const isColumn = ({ grid }: Layout): boolean =>
  grid !== undefined && grid.width === 1 && grid.row >= Math.ceil(grid.channels / 4) * 4;
