import { at, times, type Value } from "../build";
import { type Grid, type Layout, layoutOf, NO_BORDER } from "../layout";
import type { Emission, Lowering, WeightLayout } from "../lowering";
import { gridOf } from "./geometry";
import { only } from "./sources";

/** (x − mean) / spread along the last side, by patterns as long as a row of pixels. The spread is kept as 1 / spread. */
export const standardise: Lowering = {
  wishes: (_, { asLine }) => ({ asLine }),
  layout: ({ group, wish }) => {
    const layout = layoutOf(group.shape, wish);
    // Sequences of bordered images have no rows in equal distances.
    return layout.grid === undefined ? layoutOf(group.shape, { ...wish, border: NO_BORDER }) : layout;
  },
  weights: (_, __, output) => {
    const grid = gridOf(output);
    return { mean: pattern(grid), spread: { ...pattern(grid), encode: (spread) => 1 / spread } };
  },
  emit: (emission) => {
    const { build, group, weight } = emission;
    const y = build.value(group);
    const x = alike(emission, y.layout);
    const runs = { records: times(y.rows), runs: gridOf(y.layout).height, run: runOf(gridOf(y.layout)) };
    build.tape.call("standardise", {
      ...runs,
      x: inside(x),
      xRecord: 4 * x.layout.stride,
      xRun: 4 * gridOf(x.layout).row,
      mean: weight("mean").address,
      scale: weight("spread").address,
      y: inside(y),
      yRecord: 4 * y.layout.stride,
      yRun: 4 * gridOf(y.layout).row,
    });
    if (!build.learns(y)) return y;
    build.backward(() => {
      const { place, add } = build.gradientInto(x);
      build.tape.call("standardiseGradient", {
        ...runs,
        dy: { ...build.gradient(y), offset: gridOf(y.layout).first },
        dyRecord: 4 * y.layout.stride,
        dyRun: 4 * gridOf(y.layout).row,
        scale: weight("spread").address,
        dx: { ...place, offset: gridOf(x.layout).first },
        dxRecord: 4 * x.layout.stride,
        dxRun: 4 * gridOf(x.layout).row,
        add,
      });
    });
    return y;
  },
};

const inside = (value: Value) => at(value, gridOf(value.layout).first);

/** The input with rows as the output's; a copy where it has others. */
function alike({ build, sources }: Emission, layout: Layout): Value {
  const x = only(sources);
  const { grid } = x.layout;
  const wanted = gridOf(layout);
  const fits =
    grid !== undefined &&
    grid.height === wanted.height &&
    grid.width === wanted.width &&
    (grid.width === 1 || grid.pixel === wanted.pixel);
  return fits ? x : build.relaid(x, layout);
}

/** From the first to the last value of a row. */
const runOf = ({ width, pixel, channels }: Grid): number => (width - 1) * pixel + channels;

const pattern = (grid: Grid): WeightLayout => ({
  from: Int32Array.from({ length: Math.ceil(runOf(grid) / 4) * 4 }, (_, at) => {
    const channel = at % grid.pixel;
    return at < runOf(grid) && channel < grid.channels ? channel : -1;
  }),
});
