import { Prisma } from "../generated/prisma/client";
import type { Database } from "./database";

/** An imported problem: its records are a problem folder of the same id. */
export interface ProblemRow {
  readonly id: string;
  readonly title: string;
  /** Name of the imported file, for showing only. */
  readonly source: string;
  readonly hash: string;
  /** Records by part of the split. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly createdAt: Date;
}

/** Registers an imported problem whose folder is complete. False when the id is taken. */
export async function createProblem(
  database: Database,
  problem: Omit<ProblemRow, "createdAt">,
): Promise<boolean> {
  try {
    await database.prisma.problem.create({ data: problem });
    return true;
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return false;
    throw error;
  }
}

/** All imported problems, newest first. */
export const listProblems = (database: Database): Promise<readonly ProblemRow[]> =>
  database.prisma.problem.findMany({ orderBy: [{ createdAt: "desc" }, { id: "asc" }] });

/** One imported problem. */
export const readProblem = async (database: Database, id: string): Promise<ProblemRow | undefined> =>
  (await database.prisma.problem.findUnique({ where: { id } })) ?? undefined;
