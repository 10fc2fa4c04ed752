/** Metres left of the vehicle's axis at `spacing`, 2 · `spacing`, … ahead of its rear axle. */
type Path = ArrayLike<number>;

/** What the steering laws are set by. */
export interface SteeringParams {
  readonly spacing: number;
  readonly lookahead: number;
  readonly lookaheadTime: number;
  readonly gain: number;
  readonly wheelbase: number;
}

/** A path's distance to the left `ahead` metres on, by straight lines between its points; it starts at the vehicle. */
export function pathAt(path: Path, spacing: number, ahead: number): number {
  const place = Math.min(Math.max(ahead / spacing, 0), path.length);
  const before = Math.min(Math.floor(place), path.length - 1);
  const [from, to] = [before === 0 ? 0 : (path[before - 1] ?? 0), path[before] ?? 0];
  return from + (to - from) * (place - before);
}

/**
 * The wheels' angle for the circle from the rear axle through a point of the path: δ = atan(2 · L · y / (x² + y²)).
 * @see Coulter, Implementation of the Pure Pursuit Path Tracking Algorithm (1992)
 */
export function purePursuit(
  path: Path,
  speed: number,
  { spacing, lookahead, lookaheadTime, wheelbase }: SteeringParams,
): number {
  const x = Math.min(lookahead + lookaheadTime * Math.max(speed, 0), spacing * path.length);
  const y = pathAt(path, spacing, x);
  return Math.atan((2 * wheelbase * y) / (x * x + y * y));
}

/** Keeps Stanley's law finite at a standstill, in m/s. */
const SLOWEST = 1;

/**
 * The wheels' angle by the path's direction at the front axle, and its distance there: δ = ψ + atan(k · e / v).
 * @see Hoffmann, Tomlin, Montemerlo, Thrun, Autonomous Automobile Trajectory Tracking for Off-Road Driving (2007)
 */
export function stanley(path: Path, speed: number, { spacing, gain, wheelbase }: SteeringParams): number {
  const beside = pathAt(path, spacing, wheelbase);
  const direction = Math.atan2(pathAt(path, spacing, wheelbase + spacing) - beside, spacing);
  return direction + Math.atan((gain * beside) / Math.max(speed, SLOWEST));
}
