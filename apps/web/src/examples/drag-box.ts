/** Centre x, centre y, width, height as parts of the frame. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** What of a box is moved: all of it, or its lower right corner. */
export type Grip = "whole" | "corner";

/** No box is thinner than this part of the frame. */
const THINNEST = 0.02;

const within = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** A box after its grip was moved by parts of the frame. It stays inside the frame; its other corner stays where it is. */
export function dragBox([x, y, width, height]: Box, grip: Grip, [dx, dy]: readonly [number, number]): Box {
  if (grip === "whole")
    return [
      within(x + dx, width / 2, Math.max(width / 2, 1 - width / 2)),
      within(y + dy, height / 2, Math.max(height / 2, 1 - height / 2)),
      width,
      height,
    ];
  const [left, top] = [x - width / 2, y - height / 2];
  const wide = within(width + dx, THINNEST, Math.max(THINNEST, 1 - left));
  const high = within(height + dy, THINNEST, Math.max(THINNEST, 1 - top));
  return [left + wide / 2, top + high / 2, wide, high];
}
