import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  calibrate,
  type Calibration,
  type Comparison,
  type LoggedPrediction,
  outcomeOf,
  type PredictionOutcome,
  predictionsOf,
} from "@seams/core/measure";
import * as z from "zod";

const Prediction = z.looseObject({
  is: z.literal("prediction"),
  key: z.string(),
  data: z.string(),
  of: z.string(),
  rows: z.int(),
  score: z.string(),
  low: z.number(),
  high: z.number(),
  confidence: z.number(),
  seeds: z.array(z.number()),
});
const Outcome = z.object({
  is: z.literal("outcome"),
  key: z.string(),
  mean: z.number(),
  n: z.int(),
  held: z.boolean(),
});
const Line = z.discriminatedUnion("is", [Prediction, Outcome]);

/** What the advisor has foretold on this machine, and what came of it: one growing file in the data folder. */
export interface CalibrationLog {
  /**
   * Takes a finished comparison: settles the predictions that it tests, and keeps those that its own advice makes. The
   * same comparison again changes nothing.
   * @returns how the advisor stands after it
   */
  note(comparison: Comparison): Promise<Calibration>;
  /** How the advisor stands after all that was noted. */
  stand(): Promise<Calibration>;
}

/** Opens the log of a data folder. The command line and the server write the same one. */
export function openCalibrationLog(home: string): CalibrationLog {
  const path = join(home, "predictions.jsonl");
  let last: Promise<unknown> = Promise.resolve();
  const note = async (comparison: Comparison): Promise<Calibration> => {
    const { predictions, outcomes } = await readLog(path);
    const settled = new Set(outcomes.map(({ key }) => key));
    const known = new Set(predictions.map(({ key }) => key));
    const found = predictions
      .filter(({ key }) => !settled.has(key))
      .flatMap((prediction) => outcomeOf(prediction, comparison) ?? []);
    const made = predictionsOf(comparison).filter(({ key }) => !known.has(key));
    const lines = [
      ...found.map((one) => ({ is: "outcome", ...one })),
      ...made.map((one) => ({ is: "prediction", ...one })),
    ];
    if (lines.length > 0) {
      await mkdir(home, { recursive: true });
      // One write of whole lines: those of several processes don't mix.
      await appendFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    }
    return calibrate([...predictions, ...made], [...outcomes, ...found]);
  };
  return {
    note: (comparison) => {
      const noted = last.then(() => note(comparison));
      last = noted.catch(() => undefined);
      return noted;
    },
    stand: async () => {
      await last;
      const { predictions, outcomes } = await readLog(path);
      return calibrate(predictions, outcomes);
    },
  };
}

async function readLog(path: string): Promise<{
  readonly predictions: readonly LoggedPrediction[];
  readonly outcomes: readonly PredictionOutcome[];
}> {
  const text = await readFile(path, "utf8").catch(() => "");
  const predictions: LoggedPrediction[] = [];
  const outcomes: PredictionOutcome[] = [];
  for (const line of text.split("\n")) {
    const read = readLine(line);
    if (read?.is === "outcome") outcomes.push(read);
    // Its outline was checked; the rest was written by `note`.
    else if (read !== undefined) predictions.push(read as unknown as LoggedPrediction);
  }
  return { predictions, outcomes };
}

/** A line that a crash tore is skipped: what it foretold is foretold again by the next look at its comparison. */
function readLine(line: string): z.infer<typeof Line> | undefined {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
