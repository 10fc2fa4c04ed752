/** Numbers of one object on the ground: metres ahead, metres left, half its width in m, its speed along the lane in m/s. */
export const OBJECT_SIZE = 4;

/** A lens that maps equal angles to equal columns, looking level over flat ground. */
export interface Camera {
  /** Degrees from the left edge to the right. */
  readonly fieldOfView: number;
  /** Part of the image's height. */
  readonly horizon: number;
  /** Metres away of ground that is seen one image height below the horizon. */
  readonly reach: number;
  /** What a tile's view shows beyond the tile at each side, in tile widths. */
  readonly overlap: number;
  /** Metres. */
  readonly farthest: number;
}

/** A thing in the view of a tile, as parts of that view. Tiles lie from left to right. */
export interface TileBox {
  readonly tile: number;
  readonly tiles: number;
  /** Centre x, centre y, width, height. */
  readonly box: ArrayLike<number>;
}

/** Half the angle that a thing is taken to fill at most: 80°. */
const WIDEST = (80 * Math.PI) / 180;

/** Where a thing stands, from the camera. */
export interface Spot {
  readonly distance: number;
  readonly ahead: number;
  readonly left: number;
  readonly halfWidth: number;
}

/**
 * Where the thing in a box stands: its lower edge touches the ground at distance ρ = reach ÷ (bottom − horizon), its
 * middle is seen at the angle β to the left that its place in the view says, and half its width is ρ · tan of half the angle that it fills.
 * Undefined where it stands above the horizon or too far away.
 */
export function standOnGround(
  { fieldOfView, horizon, reach, overlap, farthest }: Camera,
  { tile, tiles, box }: TileBox,
): Spot | undefined {
  const [x = 0, y = 0, width = 0, height = 0] = [box[0], box[1], box[2], box[3]];
  const below = Math.min(y + height / 2, 1) - horizon;
  if (below * farthest < reach) return undefined;
  const distance = reach / below;
  // Radians that a tile and its view span.
  const span = (fieldOfView * Math.PI) / (180 * tiles);
  const view = (1 + 2 * overlap) * span;
  const angle = (tiles / 2 - tile - 0.5) * span + (0.5 - x) * view;
  return {
    distance,
    ahead: distance * Math.cos(angle),
    left: distance * Math.sin(angle),
    halfWidth: distance * Math.tan(Math.min((width * view) / 2, WIDEST)),
  };
}
