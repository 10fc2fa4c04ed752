/** A place in a picture, px. */
export type Spot = readonly [x: number, y: number];

const write = ([x, y]: Spot): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** SVG path through spots. */
export const linePath = (spots: readonly Spot[]): string =>
  spots.length === 0 ? "" : `M${spots.map(write).join("L")}`;

/** SVG path around the area between an upper and a lower line. */
export const bandPath = (upper: readonly Spot[], lower: readonly Spot[]): string =>
  upper.length === 0 ? "" : `${linePath(upper)}L${[...lower].reverse().map(write).join("L")}Z`;
