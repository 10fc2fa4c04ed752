/** A vehicle in a lane that is an arc. */
export interface Arc {
  /** Metres that the vehicle stands left of the middle. */
  readonly offset: number;
  /** Radians that it points left of the lane's direction beside it. */
  readonly heading: number;
  /** 1/m, positive where the lane bends left. */
  readonly curvature: number;
}

/** Newton's steps from s = x; the third changes nothing that a float would keep for bends of 10 m and wider. */
const STEPS = 3;

/**
 * How far left of the vehicle's own axis the middle of the lane is, `ahead` metres straight on.
 *
 * The middle, from the point beside the vehicle on: p(s) = (sin κs / κ, (1 − cos κs) / κ). In the vehicle's frame:
 * x = cos θ · p₁ + sin θ · (p₂ − d), y = −sin θ · p₁ + cos θ · (p₂ − d). Solved for x(s) = ahead by Newton's method with
 * x′(s) = cos(κs − θ).
 */
export function arcAhead({ offset, heading, curvature }: Arc, ahead: number): number {
  const [cos, sin] = [Math.cos(heading), Math.sin(heading)];
  let s = ahead;
  for (let step = 0; step < STEPS; step++) {
    const x = cos * along(curvature, s) + sin * (aside(curvature, s) - offset);
    // Where the lane turns back on itself there is no point so far ahead: the step is kept finite.
    s -= (x - ahead) / Math.max(Math.cos(curvature * s - heading), 0.2);
  }
  return -sin * along(curvature, s) + cos * (aside(curvature, s) - offset);
}

/** sin κs / κ; s for a straight lane. */
const along = (curvature: number, s: number): number =>
  Math.abs(curvature) < 1e-6 ? s : Math.sin(curvature * s) / curvature;

/** (1 − cos κs) / κ; κs² / 2 for a straight lane. */
const aside = (curvature: number, s: number): number =>
  Math.abs(curvature) < 1e-6 ? (curvature * s * s) / 2 : (1 - Math.cos(curvature * s)) / curvature;
