import type { EvaluatePhase } from "../compile/plan";
import type { Column } from "../data/column";
import { confusionOf, degrade, type Degradation, spreadFor } from "../measure/attribution/degrade";
import { qualityOf } from "../measure/attribution/quality";
import { elementOf } from "../measure/metrics/metric";
import { type Stream, stream } from "../random/streams";
import { convertColumn } from "../stages/convert";
import { seamTruth } from "./evaluate";
import { headlineUnderOracles } from "./headline";
import { type Seam, seamsBetween, stagesOf, truthAt } from "./oracles";
import { type Override, placeOf } from "./overrides";
import type { RowSet } from "./row-set";
import type { Session } from "./session";

/** One trial's headline scores with one stage's output replaced by truths of several qualities. */
export interface DoseScores {
  /** The stage's own quality on the test rows, mean over its ports; absent where it cannot be told. */
  readonly own?: number;
  /** The headline with the stage as it was trained. */
  readonly score: number;
  readonly doses: readonly { readonly quality: number; readonly score: number }[];
}

/** Which stage is made perfect, and then worse again. */
export interface DoseQuestion {
  readonly stage: string;
  /** From 0 to 1; 1 is the truth itself. */
  readonly qualities: readonly number[];
}

/**
 * Dose–response of a stage in a trained pipeline: its outputs are replaced by the truth, degraded to each quality, and
 * everything downstream stays as it was trained. Wrong classes are drawn from the stage's own confusions. Where a label
 * is missing the prediction stays. Rows that stay right at a higher quality are among those of a lower one.
 *
 * @returns undefined where the stage has no labelled output that an answer depends on, or nothing can be scored
 */
export async function scoreDoses(
  session: Session,
  { phase, test }: { readonly phase: EvaluatePhase; readonly test: RowSet },
  { stage, qualities }: DoseQuestion,
): Promise<DoseScores | undefined> {
  const seams = seamsBetween({ ...session, phase }).filter((seam) => seam.stage === stage);
  if (seams.length === 0) return undefined;
  const { score } = headlineUnderOracles(session, { phase, test });
  const plain = await score();
  if (plain === undefined) return undefined;
  const known = await Promise.all(seams.map((seam) => knownOf(seam, session, test)));
  const doses: { quality: number; score: number }[] = [];
  for (const quality of qualities) {
    const dosed = await score(
      new Map(known.map((one) => [placeOf(one.seam.source), doseAt(one, quality, session)])),
    );
    if (dosed !== undefined) doses.push({ quality, score: dosed });
  }
  const own = known.flatMap(({ quality }) => quality ?? []);
  return {
    score: plain,
    doses,
    ...(own.length === 0 ? {} : { own: own.reduce((sum, one) => sum + one, 0) / own.length }),
  };
}

/** Stages whose truth can stand in for them on the way to an answer. */
export const dosedStages = (session: Session, phase: EvaluatePhase): readonly string[] =>
  stagesOf(seamsBetween({ ...session, phase }));

/** What is known of a seam from the test rows. */
interface KnownSeam {
  readonly seam: Seam;
  readonly truth: Column;
  readonly quality: number | undefined;
  readonly confusion: readonly (readonly number[])[] | undefined;
}

async function knownOf(seam: Seam, { resolver }: Session, test: RowSet): Promise<KnownSeam> {
  const truth = seamTruth(seam, test);
  const predicted = convertColumn(await resolver.resolve(seam.source, test), truth.type);
  const { is } = elementOf(truth.type);
  return {
    seam,
    truth,
    quality: qualityOf(truth, predicted),
    confusion: is === "label" ? confusionOf(truth, predicted) : undefined,
  };
}

function doseAt({ seam, truth, confusion }: KnownSeam, quality: number, { trial }: Session): Override {
  const drawn = (purpose: string): Stream => stream(trial.seed, "dose", placeOf(seam.source), purpose);
  const random = drawn("values");
  const how: Degradation = {
    quality,
    random,
    ...(confusion === undefined ? {} : { confusion }),
    // Found on all test rows, since the records of one moment of an episode are few.
    spread: spreadFor(truth, { quality, random: drawn("spread") }),
  };
  return truthAt(seam, (whole) => degrade(whole, how));
}
