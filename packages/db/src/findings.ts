import type { Database } from "./database";

/** What a finding was computed from, and by what: it stands for nothing else. */
export interface FindingKey {
  readonly experiment: string;
  /** The experiment's: any trial that ended or was resumed makes another one. */
  readonly revision: number;
  /** The program, down to its sources: another one may conclude something else. */
  readonly program: string;
}

/** What is kept of an experiment that is over. `trials` and `found` are JSON, sent as they are to whoever asks. */
export interface FindingTexts {
  readonly status: string;
  /** Its trials, as lists show them. */
  readonly trials: string;
  /** What is concluded from them. */
  readonly found: string;
}

/** Keeps what there is to say of an experiment all of whose trials have ended, in place of what was kept before. */
export async function keepFinding(database: Database, key: FindingKey, texts: FindingTexts): Promise<void> {
  const { experiment, revision, program } = key;
  await database.pool.query(
    `insert into finding (experiment_id, revision, program, status, trials, found) values ($1, $2, $3, $4, $5, $6)
     on conflict (experiment_id) do update
       set revision = excluded.revision, program = excluded.program, status = excluded.status,
         trials = excluded.trials, found = excluded.found`,
    [experiment, revision, program, texts.status, texts.trials, texts.found],
  );
}

/** What was kept under this key; undefined where there is nothing, or something of another revision or program. */
export async function readFinding(database: Database, key: FindingKey): Promise<FindingTexts | undefined> {
  const { rows } = await database.pool.query<FindingTexts>(
    `select status, trials::text as trials, found::text as found from finding
     where experiment_id = $1 and revision = $2 and program = $3`,
    [key.experiment, key.revision, key.program],
  );
  return rows[0];
}

/** The newest experiments among the last `limit` whose trials have all ended, one of them done, and that have no finding of this program. */
export async function experimentsWithoutFinding(
  database: Database,
  program: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select e.id from (select id, revision, created_at from experiment order by created_at desc, id limit $2) e
     left join finding f on f.experiment_id = e.id and f.revision = e.revision and f.program = $1
     where f.experiment_id is null
       and exists (select 1 from trial t where t.experiment_id = e.id and t.status = 'done')
       and not exists (select 1 from trial t where t.experiment_id = e.id and t.status in ('queued', 'running'))
     order by e.created_at desc, e.id`,
    [program, limit],
  );
  return rows.map(({ id }) => id);
}
