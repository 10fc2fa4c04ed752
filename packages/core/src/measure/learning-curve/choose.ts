import { families } from "./family";
import { type CurvePoint, errorAt, fitFamily, type FittedCurve } from "./fit";

/** The chosen curve, and by how much its family missed the last budget when it was fitted without it. */
export interface ChosenCurve {
  readonly curve: FittedCurve;
  readonly miss: number;
}

const TIE = 1e-12;

/**
 * The family that foretold the last budget best from those before it, fitted to all of them. Four parameters compete from
 * seven budgets on. Ties go to the earlier family.
 *
 * @param points by rising rows, at least 2
 */
export function chooseCurve(points: readonly CurvePoint[]): ChosenCurve {
  const last = points.at(-1);
  if (last === undefined || points.length < 2) throw new Error("learning-curve: nothing to choose from");
  const before = points.slice(0, -1);
  let best: { readonly family: FittedCurve["family"]; readonly miss: number } = {
    family: "last1",
    miss: Number.POSITIVE_INFINITY,
  };
  for (const { name, budgets } of Object.values(families)) {
    if (points.length < budgets) continue;
    const miss = Math.abs(errorAt(fitFamily(name, before), last.rows) - last.error);
    if (miss < best.miss - TIE) best = { family: name, miss };
  }
  return { curve: fitFamily(best.family, points), miss: best.miss };
}
