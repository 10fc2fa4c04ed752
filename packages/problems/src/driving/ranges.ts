import type { Stream } from "@seams/core";
import { CAMERA, thingsInSight } from "./camera";
import type { Drive } from "./drive";
import { BEAMS } from "./fields";

/** A sensor over the camera's view that measures distances; neither light nor rain are in its way. */
export const SCANNER = { fieldOfView: CAMERA.fieldOfView, farthest: CAMERA.farthest } as const;
/** Standard deviation of a measured distance, in m. */
const NOISE_M = 0.1;
const VIEW_RAD = (SCANNER.fieldOfView * Math.PI) / 180;

/** Measures along every beam the distance to the nearest thing, in m; `farthest` where there is none. */
export function scan(drive: Drive, random: Stream, ranges: Float32Array): void {
  ranges.fill(SCANNER.farthest);
  for (const thing of thingsInSight(drive)) {
    for (let beam = 0; beam < BEAMS; beam++) {
      const range = rangeTo(thing, (0.5 - (beam + 0.5) / BEAMS) * VIEW_RAD);
      if (range < (ranges[beam] ?? 0)) ranges[beam] = range;
    }
  }
  ranges.forEach((range, beam) => {
    const measured = Math.max(0, range + NOISE_M * random.normal());
    ranges[beam] = range < SCANNER.farthest ? Math.min(measured, SCANNER.farthest) : SCANNER.farthest;
  });
}

/** How far along a beam at this angle to the left a disc begins; infinitely far where the beam misses it. */
function rangeTo(
  { ahead, leftM, radiusM }: { readonly ahead: number; readonly leftM: number; readonly radiusM: number },
  angle: number,
): number {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [along, beside] = [ahead * cos + leftM * sin, leftM * cos - ahead * sin];
  if (along <= 0 || Math.abs(beside) >= radiusM) return Infinity;
  return along - Math.sqrt(radiusM * radiusM - beside * beside);
}
