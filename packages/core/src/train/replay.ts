import type { EvaluatePhase } from "../compile/plan";
import type { Column } from "../data/column";
import { gatherRows } from "../data/gather";
import { patchColumn } from "../data/patch";
import type {
  Environment,
  EpisodeOutcome,
  Episodes,
  SceneMoment,
  SceneShape,
} from "../environment/environment";
import { answerOf, seamTruth } from "./evaluate";
import { type Override, type Overrides, placeOf } from "./overrides";
import { createKeepingPredictor } from "./predict";
import type { RowSet } from "./row-set";
import type { Session } from "./session";
import type { Place, TracedValue } from "./trace";

/** Which episode is watched, and where the truth stands in for what a stage gives. */
export interface EpisodeOf {
  readonly environment: Environment;
  readonly condition: string;
  /** Its place in `outcomes`. */
  readonly episode: number;
  /** Places, as `stage.port`. */
  readonly truthAt: ReadonlySet<string>;
}

/** One moment of an episode. */
export interface ReplayMoment {
  readonly scene: SceneMoment;
  /** What the values at the pipeline's places would look like there. */
  readonly drawn: readonly SceneShape[];
  readonly values: readonly TracedValue[];
}

/** An episode, from its first moment to its last. */
export interface Replay {
  readonly ground: readonly SceneShape[];
  readonly moments: readonly ReplayMoment[];
  readonly outcome: EpisodeOutcome;
}

/** What a replay is made with. */
export interface ReplayParts {
  readonly session: Session;
  readonly phase: EvaluatePhase;
  readonly places: readonly Place[];
  /** A value of one row beside its truth. */
  show(place: Place, value: Column, rows: RowSet): TracedValue;
}

/**
 * Lets the pipeline act in all episodes of a condition, as the trial did, and keeps one of them: alone it would be
 * computed in other batches, whose last bits may differ, and after some moments it would be another episode.
 *
 * @throws Error where there is no such episode, or its world cannot be watched
 */
export async function replayEpisode(parts: ReplayParts, of: EpisodeOf): Promise<Replay> {
  const { session, phase, places } = parts;
  const { host, fresh, trial } = session;
  const episodes = of.environment.open(of.condition);
  const predictor = createKeepingPredictor(host);
  const overrides = truths(places, of.truthAt);
  const moments: ReplayMoment[] = [];
  const ground = watched(episodes).ground(rowOf(episodes, of.episode));
  try {
    for (;;) {
      const row = episodes.numbers.indexOf(of.episode);
      if (row < 0) break;
      const resolver = overrides.size === 0 ? fresh(predictor) : fresh(predictor, overrides);
      const rows = nowIn(episodes);
      const one = onlyRow(rows, row);
      const view = watched(episodes);
      const values: TracedValue[] = [];
      const drawn: SceneShape[] = [];
      for (const place of places) {
        const column = await resolver.resolve(place.source, rows);
        values.push(parts.show(place, gatherRows(column, Int32Array.of(row)), one));
        if (place.source.is !== "field") drawn.push(...view.draw(column, row));
      }
      moments.push({ scene: view.moment(row), drawn, values });
      const answers: Record<string, Column> = {};
      for (const answer of phase.answers)
        answers[answer.target] = await answerOf(answer, { resolver, problem: trial.problem }, rows);
      episodes.act(answers);
      await host.breathe();
    }
  } finally {
    predictor.dispose();
  }
  const outcome = episodes.outcomes()[of.episode];
  if (outcome === undefined) throw new Error(`replay: there is no episode ${of.episode}`);
  return { ground, moments, outcome };
}

function rowOf(episodes: Episodes, episode: number): number {
  const row = episodes.numbers.indexOf(episode);
  if (row < 0) throw new Error(`replay: there is no episode ${episode}`);
  return row;
}

function watched({ view }: Episodes): NonNullable<Episodes["view"]> {
  if (view === undefined) throw new Error("replay: this world cannot be watched");
  return view;
}

/** What can be seen and known now, as rows: one an episode that runs. */
const nowIn = (episodes: Episodes): RowSet => ({
  name: "now",
  rows: Int32Array.from({ length: episodes.running }, (_, row) => row),
  field: (name) => episodes.field(name),
});

const onlyRow = (rows: RowSet, row: number): RowSet => ({
  name: "one",
  rows: Int32Array.of(row),
  field: (name) => gatherRows(rows.field(name), Int32Array.of(row)),
});

/** The truth at these places, as far as there is any. */
function truths(places: readonly Place[], at: ReadonlySet<string>): Overrides {
  const overrides = new Map<string, Override>();
  for (const { seam, source } of places) {
    const name = placeOf(source);
    if (seam === undefined || !at.has(name)) continue;
    overrides.set(name, async (own, rows) => {
      const truth = seamTruth(seam, rows);
      return truth.present.includes(0) ? patchColumn(await own(), truth) : truth;
    });
  }
  return overrides;
}
