import { measureFits, measureSpeed } from "../apps/cli/src/check-speed";
import { secondsPerFit } from "../packages/core/src/index";
import { createEngine } from "../packages/engine/src/index";
import { galleryProblems } from "../packages/problems/src/index";
import type { Row } from "./rows";

/** A prediction is good that is off by less. */
const NEAR = 2;

/**
 * Of how many gallery pipelines the training time is predicted within a factor of 2 by the speed that `seams doctor`
 * measures. Time is the processor's, of training on 256 rows with the steps that each pipeline asks for; all run in one process, whose code is warm.
 */
export async function predictionBench(): Promise<readonly Row[]> {
  const engine = await createEngine({ backend: "wasm" });
  const { speed } = await measureSpeed(engine);
  const far: string[] = [];
  const left: string[] = [];
  let near = 0;
  for (const { id } of galleryProblems.flatMap(({ pipelines }) => pipelines)) {
    // Some start from what another trial has learned, which there is none of here.
    const fits = await measureFits(id, engine).catch(() => undefined);
    if (fits === undefined) {
      left.push(id);
      continue;
    }
    const actual = fits.reduce((sum, { seconds }) => sum + seconds, 0);
    const ratio = actual / fits.reduce((sum, fit) => sum + secondsPerFit(fit, speed), 0);
    if (Math.max(ratio, 1 / ratio) <= NEAR) near++;
    else far.push(`${id} ${ratio.toPrecision(2)}×`);
  }
  const all = near + far.length;
  const about = [
    `${near} of ${all} pipelines within ${NEAR}×`,
    ...(far.length === 0 ? [] : [`took more or less: ${far.join(", ")}`]),
    ...(left.length === 0 ? [] : [`left out, for want of what they start from: ${left.join(", ")}`]),
  ].join("; ");
  return [{ bench: "prediction", who: "gallery", share: near / all, about }];
}
