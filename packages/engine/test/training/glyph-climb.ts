import { type Environment, type Episodes, gatherRows, type ProblemSchema } from "@seams/core";
import { twoGlyphs, twoGlyphsData } from "./two-glyphs";

const CLIMBERS = 12;
const RUNGS = 4;
const data = twoGlyphsData();

/**
 * A world for tests: climbers read two glyphs at each rung. A right sum takes them up, a wrong one lets them fall, which
 * ends the climb. Under `upside-down` they begin at the other end of the records.
 */
export const glyphClimb: Environment = {
  version: "1",
  conditions: [
    { id: "upright", title: "upright" },
    { id: "upside-down", title: "upside down" },
  ],
  words: {
    "closed-loop-success": "climbs to the top",
    "closed-loop-composite": "part of the rungs, × 0.6 after a fall",
    "closed-loop-completion": "part of the rungs",
    "closed-loop-harm": "falls",
    "closed-loop-violation": "nothing",
    "closed-loop-roughness": "nothing",
  },
  mistakes: { words: "a wrong sum", horizons: [1, 2, 4] },
  expert: ["digits", "y"],
  open: (condition) => openClimbs((row) => (condition === "upright" ? row : data.rows - 1 - row)),
  practise: ({ round }) => openClimbs((row) => (100 + 60 * round + row) % data.rows),
};

interface Climber {
  readonly id: number;
  rung: number;
  fell: boolean;
}

/** Climbs over records, each at the place that its number leads to. */
function openClimbs(recordOf: (row: number) => number): Episodes {
  const climbers = Array.from({ length: CLIMBERS }, (_, id): Climber => ({ id, rung: 0, fell: false }));
  const place = ({ id, rung }: Climber): number => recordOf(id * RUNGS + rung);
  let running = climbers;
  return {
    get running() {
      return running.length;
    },
    get numbers() {
      return running.map(({ id }) => id);
    },
    view: {
      ground: () => [
        {
          is: "line",
          role: "border",
          points: [
            [0, 0],
            [0, RUNGS],
          ],
        },
      ],
      moment: (row) => {
        const rung = running[row]?.rung ?? 0;
        const words = `rung ${rung}`;
        return { centre: { x: 0, y: rung, heading: 0 }, shapes: [], words };
      },
      draw: ({ type, data: values }, row) =>
        type.is === "label" ? [{ is: "disc", role: "plan", at: [values[row] ?? 0, 0], radius: 1 }] : [],
    },
    field: (name) => {
      const column = data.columns[name];
      if (column === undefined) throw new Error(`there is no field ${name}`);
      return gatherRows(column, Int32Array.from(running, place));
    },
    mistaken: ({ y }) => running.map((climber, k) => y?.data[k] !== data.columns["y"]!.data[place(climber)]),
    act: ({ y }) => {
      running.forEach((climber, k) => {
        const isRight = y?.data[k] === data.columns["y"]!.data[place(climber)];
        if (isRight) climber.rung++;
        else climber.fell = true;
      });
      running = running.filter(({ rung, fell }) => !fell && rung < RUNGS);
    },
    outcomes: () =>
      climbers.map(({ rung, fell }) => ({
        success: rung === RUNGS,
        completion: rung / RUNGS,
        harm: fell,
        violation: 0,
        roughness: 0,
      })),
  };
}

const { version, conditions, words, expert = [], mistakes } = glyphClimb;

/** Two glyphs, judged by climbing. */
export const climbedGlyphs: ProblemSchema = {
  ...twoGlyphs,
  environment: { version, conditions, words, expert, ...(mistakes === undefined ? {} : { mistakes }) },
};
