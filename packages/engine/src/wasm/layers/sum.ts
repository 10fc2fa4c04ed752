import { at, type Build, times, type Value } from "../build";
import { layoutOf } from "../layout";
import type { Lowering } from "../lowering";
import { columnLayout } from "./columns";
import { only } from "./sources";

/** Values of one shape added up, wherever they lie. */
export const sum: Lowering = {
  layout: ({ group, wish }) => layoutOf(group.shape, wish),
  emit: ({ build, group, sources }) => {
    const y = build.value(group);
    for (const [index, x] of sources.entries())
      build.copy(x, y, { from: x.layout.places, to: y.layout.places, add: index === 0 ? 0 : 1 });
    return y;
  },
};

/** The same table added to every record. */
export const position: Lowering = {
  layout: ({ group }) => columnLayout(group.shape),
  weights: (_, __, { places, stride }) => {
    const from = new Int32Array(stride).fill(-1);
    for (const [index, place] of places.entries()) from[place] = index;
    return { table: { from } };
  },
  emit: ({ build, group, sources, weight }) => {
    const x = only(sources);
    const y = build.value(group);
    const table = weight("table");
    build.copy(x, y, { from: x.layout.places, to: y.layout.places, add: 0 });
    build.tape.call("copyPieces", {
      ...addsTo(build, y),
      from: table.address,
      fromRecord: 0,
      to: at(y),
      toRecord: 4 * y.layout.stride,
    });
    if (build.learns(y) && group.isTrained)
      build.backward(() => {
        const gradient = { buffer: build.tape.passing(table.floats), offset: 0 };
        build.tape.call("clear", { to: gradient, bytes: 4 * table.floats });
        build.tape.call("copyPieces", {
          ...addsTo(build, y),
          from: build.gradient(y),
          fromRecord: 4 * y.layout.stride,
          to: gradient,
          toRecord: 0,
        });
        build.update(table, gradient);
      });
    return y;
  },
};

/** Each value of a record added to what lies in the same place. */
function addsTo(build: Build, { layout, rows }: Value) {
  return { ...build.pieces(layout.places, layout.places), records: times(rows), add: 1 };
}
