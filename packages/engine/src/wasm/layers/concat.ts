import { layoutOf } from "../layout";
import type { Lowering } from "../lowering";

/** Copies piece by piece, side by side along the last side. */
export const concat: Lowering = {
  layout: ({ group, wish }) => layoutOf(group.shape, wish),
  emit: ({ build, group, sources }) => {
    const y = build.value(group);
    const whole = group.shape.at(-1) ?? 0;
    let before = 0;
    for (const x of sources) {
      const part = x.layout.shape.at(-1) ?? 0;
      const { places } = x.layout;
      const start = before;
      const targets = places.map(
        (_, index) => y.layout.places[Math.floor(index / part) * whole + start + (index % part)] ?? 0,
      );
      build.copy(x, y, { from: places, to: targets, add: 0 });
      before += part;
    }
    return y;
  },
};
