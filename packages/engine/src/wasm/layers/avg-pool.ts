import { at, type Build, times, type Value } from "../build";
import { layoutOf, rowLayout, upTo } from "../layout";
import type { Lowering } from "../lowering";
import { asColumn } from "./columns";
import { gridOf } from "./geometry";
import { asImage } from "./images";
import { wholeParam } from "./params";
import { only } from "./sources";

/** The mean of every tile. */
export const avgPool2d: Lowering = {
  wishes: () => ({ inPanels: true }),
  layout: ({ group, wish }) => layoutOf(group.shape, { ...wish, inPanels: true }),
  emit: ({ build, group, sources }) => {
    const x = asImage(build, only(sources));
    const y = build.value({ ...group, isFilled: true });
    const size = wholeParam(group.facts.layer, "size");
    emitAverage(build, { x, y }, { tiles: gridOf(y.layout), tile: { height: size, width: size } });
    return y;
  },
};

/** The mean over all places: one tile. */
export const globalAvgPool: Lowering = {
  wishes: () => ({ inPanels: true }),
  layout: ({ group }) => rowLayout(group.shape[0] ?? 0),
  emit: ({ build, group, sources }) => {
    const source = only(sources);
    const x = coversAll(source) ? source : asColumn(build, source);
    const y = build.value({ ...group, isFilled: true });
    const { height, width } = gridOf(x.layout);
    emitAverage(build, { x, y }, { tiles: { height: 1, width: 1 }, tile: { height, width } });
    return y;
  },
};

interface Size {
  readonly height: number;
  readonly width: number;
}

/** Tiles' means from x to y, and back. */
function emitAverage(
  build: Build,
  { x, y }: { readonly x: Value; readonly y: Value },
  { tiles, tile }: { readonly tiles: Size; readonly tile: Size },
): void {
  const from = gridOf(x.layout);
  const to = gridOf(y.layout);
  const common = {
    images: times(y.rows),
    height: tiles.height,
    width: tiles.width,
    channels: upTo(8, to.channels),
    tileHeight: tile.height,
    tileWidth: tile.width,
  };
  const ends = {
    x: { record: 4 * x.layout.stride, row: 4 * from.row, pixel: 4 * from.pixel },
    y: { record: 4 * y.layout.stride, row: 4 * to.row, pixel: 4 * to.pixel },
  };
  build.tape.call("average", {
    ...common,
    x: at(x, from.first),
    xImage: ends.x.record,
    xRow: ends.x.row,
    xPixel: ends.x.pixel,
    y: at(y, to.first),
    yImage: ends.y.record,
    yRow: ends.y.row,
    yPixel: ends.y.pixel,
  });
  if (!build.learns(y)) return;
  build.backward(() => {
    const { place, add } = build.clearedGradientInto(x);
    build.tape.call("averageGradient", {
      ...common,
      dy: { ...build.gradient(y), offset: to.first },
      dyImage: ends.y.record,
      dyRow: ends.y.row,
      dyPixel: ends.y.pixel,
      dx: { ...place, offset: from.first },
      dxImage: ends.x.record,
      dxRow: ends.x.row,
      dxPixel: ends.x.pixel,
      add,
    });
  });
}

/** Whether the grid has all places, in panels of channels. */
function coversAll({ layout: { grid, shape } }: Value): boolean {
  if (grid === undefined || grid.channels !== shape.at(-1)) return false;
  const places = shape.slice(0, -1).reduce((product, side) => product * side, 1);
  return grid.height * grid.width === places && grid.pixel >= upTo(8, grid.channels);
}
