import type { Spot } from "../ground-plane/stand-on-ground";

/** A sensor that measures distances along beams at equal angles, the first at the left edge of its view. */
export interface Scanner {
  /** Degrees from the left edge to the right. */
  readonly fieldOfView: number;
  /** Metres; a beam that meets nothing nearer reads so much or more. */
  readonly farthest: number;
  /** Metres by which neighbouring beams of one thing differ at most. */
  readonly gap: number;
}

/**
 * The things that a scan shows: neighbouring beams whose ranges differ by no more than the gap hit one thing. It is taken
 * for a disc that fills the angle α of its beams, whose nearest point is at the shortest range ρ: half its width is
 * r = ρ · sin(α/2) ÷ (1 − sin(α/2)), its middle at ρ + r, in the middle of its beams.
 *
 * @param ranges metres, the leftmost beam first
 * @returns the nearest first
 */
export function thingsInScan(ranges: ArrayLike<number>, { fieldOfView, farthest, gap }: Scanner): Spot[] {
  const beam = (fieldOfView * Math.PI) / (180 * ranges.length);
  const spots: Spot[] = [];
  let first = 0;
  while (first < ranges.length) {
    const start = ranges[first] ?? Infinity;
    let next = first + 1;
    if (start < farthest) {
      let shortest = start;
      while (next < ranges.length && isSame(ranges[next - 1], ranges[next], { farthest, gap })) {
        shortest = Math.min(shortest, ranges[next] ?? Infinity);
        next++;
      }
      const middle = (ranges.length / 2 - (first + next) / 2) * beam;
      spots.push(spotOf(shortest, middle, (next - first) * beam));
    }
    first = next;
  }
  return spots.sort((a, b) => a.distance - b.distance);
}

function isSame(
  one = Infinity,
  other = Infinity,
  { farthest, gap }: Pick<Scanner, "farthest" | "gap">,
): boolean {
  return other < farthest && Math.abs(one - other) <= gap;
}

/** Half the angle that a thing is taken to fill at most: 60°. */
const WIDEST = Math.PI / 3;

function spotOf(range: number, angle: number, filled: number): Spot {
  const nearest = Math.max(0, range);
  const sine = Math.sin(Math.min(filled / 2, WIDEST));
  const halfWidth = (nearest * sine) / (1 - sine);
  const distance = nearest + halfWidth;
  return { distance, halfWidth, ahead: distance * Math.cos(angle), left: distance * Math.sin(angle) };
}
