import { PrismaPg } from "@prisma/adapter-pg";
import { Pool, type PoolClient } from "pg";
import { PrismaClient } from "../generated/prisma/client";
import { openListener, type Listener } from "./listen";
import { openQueue, type QueueRole, type TrialQueue } from "./queue";

/** A session on which one transaction runs. */
export type Transaction = Pick<PoolClient, "query">;

/** An open database: one pool for everything, one connection that listens. */
export interface Database {
  readonly url: string;
  /** Reads and writes of single rows. */
  readonly prisma: PrismaClient;
  /** Where order of locks or speed matters. */
  readonly pool: Pool;
  readonly listener: Listener;
  readonly queue: TrialQueue;
  close(): Promise<void>;
}

/** How a database is opened. */
export interface DatabaseOptions {
  readonly url: string;
  /** `keeper` creates the queue's tables and tidies them; there is one beside every set of workers. */
  readonly role: QueueRole;
  /** Connections that may be open at once, the listening one apart. */
  readonly connections?: number;
  /** Is told about lost connections and the like, which mend themselves. */
  readonly onNotice?: (words: string) => void;
}

/** Opens a database whose migrations are deployed (migrate.ts). */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url } = options;
  const notice = options.onNotice ?? (() => undefined);
  const pool = new Pool({
    connectionString: url,
    max: options.connections ?? 8,
    application_name: `seams ${options.role}`,
  });
  // An idle connection that breaks (the server was restarted) is replaced at its next use.
  pool.on("error", (error) => notice(`A database connection was lost: ${error.message}`));
  // One that breaks while it is in use fails its query, and would end the process if nobody listened to it.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const listener = await openListener(url, notice);
  const queue = await openQueue(pool, options.role, notice);
  return {
    url,
    prisma,
    pool,
    listener,
    queue,
    close: async () => {
      await queue.close();
      await listener.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/** Runs `work` in a transaction: committed when it returns, rolled back when it throws. */
export async function inTransaction<T>(
  database: Pick<Database, "pool">,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await database.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const value = await work(client);
    await client.query("commit");
    return value;
  } catch (error) {
    await client.query("rollback").catch((reason: Error) => (broken = reason));
    throw error;
  } finally {
    client.release(broken); // a session that could not even roll back is thrown away
  }
}
