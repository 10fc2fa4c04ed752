import { at, times } from "../build";
import { layoutOf } from "../layout";
import type { Lowering } from "../lowering";
import { gridOf } from "./geometry";
import { asImage } from "./images";
import { wholeParam } from "./params";
import { only } from "./sources";

/** The largest value of every tile; a byte each remembers which. */
export const maxPool2d: Lowering = maxPool({ asLine: false });

/** The same along sequences, which are images of one row. */
export const maxPool1d: Lowering = maxPool({ asLine: true });

function maxPool({ asLine }: { readonly asLine: boolean }): Lowering {
  return {
    wishes: () => ({ inPanels: true, asLine }),
    layout: ({ group, wish }) =>
      layoutOf(group.shape, { ...wish, inPanels: true, asLine, asSteps: !asLine && wish.asSteps }),
    emit: ({ build, group, sources }) => {
      const x = asImage(build, only(sources));
      const y = build.value({ ...group, isFilled: true });
      const size = wholeParam(group.facts.layer, "size");
      const from = gridOf(x.layout);
      const to = gridOf(y.layout);
      const bytes = Math.ceil(build.capacity * y.rows) * to.height * to.width * to.pixel;
      const choice = build.learns(y) ? { buffer: build.tape.passing(bytes / 4), offset: 0 } : 0;
      const tiles = {
        images: times(y.rows),
        height: to.height,
        width: to.width,
        channels: to.pixel,
        tileHeight: asLine ? 1 : size,
        tileWidth: size,
      };
      build.tape.call("pool", {
        ...tiles,
        x: at(x, from.first),
        xImage: 4 * x.layout.stride,
        xRow: 4 * from.row,
        xPixel: 4 * from.pixel,
        y: at(y, to.first),
        yImage: 4 * y.layout.stride,
        yRow: 4 * to.row,
        yPixel: 4 * to.pixel,
        choice,
      });
      if (!build.learns(y)) return y;
      build.backward(() => {
        const { place, add } = build.clearedGradientInto(x);
        build.tape.call("poolGradient", {
          ...tiles,
          dy: { ...build.gradient(y), offset: to.first },
          dyImage: 4 * y.layout.stride,
          dyRow: 4 * to.row,
          dyPixel: 4 * to.pixel,
          choice,
          dx: { ...place, offset: from.first },
          dxImage: 4 * x.layout.stride,
          down: 4 * from.row,
          across: 4 * from.pixel,
          add,
        });
      });
      return y;
    },
  };
}
