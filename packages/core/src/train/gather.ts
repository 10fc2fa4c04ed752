import type { Gathering } from "../compile/plan";
import type { Column } from "../data/column";
import { gatherRows, joinColumns, withoutNonFinite } from "../data/gather";
import type { Episodes } from "../environment/environment";
import { stream, type Stream } from "../random/streams";
import { answersNow, momentRows } from "./closed-loop";
import { createKeepingPredictor } from "./predict";
import type { Session } from "./session";

/** Moments of practice episodes, with what was seen in them and what the expert said. */
export interface GatheredMoments {
  readonly columns: Readonly<Record<string, Column>>;
  /** The episode of each; those of one episode stand together. */
  readonly episodes: Int32Array;
}

/**
 * Lets the pipeline act in practice episodes, and asks the expert about as many of its moments as the gathering says, or
 * about all where there are fewer: each moment of each episode is as likely as any other (reservoir sampling, Vitter 1985).
 * Only the expert's answers are learned from; what acts is the pipeline alone (Ross, Gordon and Bagnell 2011, with β = 0
 * after the demonstrations).
 *
 * @throws the signal's reason when it is aborted in between
 */
export async function gatherMoments(gathering: Gathering, session: Session): Promise<GatheredMoments> {
  const { trial, host, budget, fresh } = session;
  const { round, share, answers } = gathering;
  const episodes = practise(session, gathering);
  const size = Math.max(1, Math.round(share * budget.rows.length));
  const sample = createSample(size, stream(trial.seed, "moments", String(round)));
  const fields = [...gathering.sees, ...gathering.asks];
  const kept: Moment[] = [];
  const predictor = createKeepingPredictor(host);
  try {
    while (episodes.running > 0) {
      host.signal.throwIfAborted();
      const rows = momentRows(episodes);
      const { numbers } = episodes;
      for (let row = 0; row < episodes.running; row++) {
        const slot = sample.next();
        if (slot !== undefined)
          kept[slot] = noteMoment({ fields, row, episode: numbers[row] ?? 0 }, rows.field);
      }
      episodes.act(await answersNow(answers, { problem: trial.problem, resolver: fresh(predictor) }, rows));
      await host.breathe();
    }
  } finally {
    predictor.dispose();
  }
  const moments = kept.toSorted((a, b) => a.episode - b.episode);
  const columnOf = (field: string): Column =>
    joinColumns(moments.flatMap(({ columns }) => columns[field] ?? []));
  return {
    columns: Object.fromEntries([
      ...gathering.sees.map((field) => [field, columnOf(field)] as const),
      ...gathering.asks.map((field) => [field, withoutNonFinite(columnOf(field))] as const),
    ]),
    episodes: Int32Array.from(moments, ({ episode }) => episode),
  };
}

function practise({ host, trial }: Session, { environment, round }: Gathering): Episodes {
  const world = host.environment;
  if (world?.version !== environment || world.practise === undefined)
    throw new Error(`gather: the environment of ${trial.problem.name} is not at hand, or has no practice`);
  return world.practise({ seed: trial.seed, round });
}

/** A moment that was chosen. */
interface Moment {
  readonly columns: Readonly<Record<string, Column>>;
  readonly episode: number;
}

interface MomentPlace {
  readonly fields: readonly string[];
  readonly row: number;
  readonly episode: number;
}

function noteMoment({ fields, row, episode }: MomentPlace, field: (name: string) => Column): Moment {
  const only = Int32Array.of(row);
  return {
    columns: Object.fromEntries(fields.map((name) => [name, gatherRows(field(name), only)])),
    episode,
  };
}

/** Chooses among moments that come one after another: the place to put each in, or none. */
function createSample(size: number, random: Stream): { next(): number | undefined } {
  let seen = 0;
  return {
    next: () => {
      seen++;
      if (seen <= size) return seen - 1;
      const place = random.integer(seen);
      return place < size ? place : undefined;
    },
  };
}
