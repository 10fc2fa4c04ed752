import { at, times } from "../build";
import type { Lowering } from "../lowering";
import { only } from "./sources";

/** max(x, 0) where nothing before it could do it in one go. Padding stays 0. */
export const relu: Lowering = {
  wishes: (_, own) => own,
  layout: ({ sources: [source], group }) => {
    if (source === undefined) throw new Error("programs: relu without an input.");
    return { ...source, shape: group.shape };
  },
  emit: ({ build, group, sources }) => {
    const x = only(sources);
    const y = build.value(group);
    const { stride, span } = y.layout;
    build.tape.call("rectify", {
      records: times(y.rows),
      runs: 1,
      run: span,
      x: at(x),
      xRecord: 4 * stride,
      xRun: 0,
      y: at(y),
      yRecord: 4 * stride,
      yRun: 0,
    });
    if (!build.learns(y)) return y;
    build.backward(() => {
      const { place, add } = build.gradientInto(x);
      build.tape.call("passGradient", {
        records: times(y.rows),
        height: 1,
        width: 1,
        channels: span,
        from: build.gradient(y),
        above: at(y),
        record: 4 * stride,
        row: 0,
        pixel: 0,
        to: place,
        toRecord: 4 * stride,
        toRow: 0,
        toPixel: 0,
        add,
      });
    });
    return y;
  },
};
