import type { Database } from "./database";

/** What a finding was computed from, and by what: it stands for nothing else. */
export interface FindingKey {
  readonly experiment: string;
  /** The experiment's: any trial that ended or was resumed makes another one. */
  readonly revision: number;
  /** The program, down to its sources: another one may conclude something else. */
  readonly program: string;
}

/** Keeps what is concluded from an experiment all of whose trials have ended, in place of what was kept before. */
export async function keepFinding(database: Database, key: FindingKey, found: unknown): Promise<void> {
  const { experiment, revision, program } = key;
  await database.pool.query(
    `insert into finding (experiment_id, revision, program, found) values ($1, $2, $3, $4)
     on conflict (experiment_id) do update
       set revision = excluded.revision, program = excluded.program, found = excluded.found`,
    [experiment, revision, program, JSON.stringify(found)],
  );
}

/** What was kept under this key; undefined where there is nothing, or something of another revision or program. */
export async function readFinding(database: Database, key: FindingKey): Promise<unknown> {
  const { rows } = await database.pool.query<{ found: unknown }>(
    "select found from finding where experiment_id = $1 and revision = $2 and program = $3",
    [key.experiment, key.revision, key.program],
  );
  return rows[0]?.found;
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
