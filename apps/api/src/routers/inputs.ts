import * as z from "zod";

/** Ids of experiments and trials. */
export const RowId = z.strictObject({ id: z.uuid() });

/** Ids of problems and pipelines: a person's are uuids, the gallery's are words with slashes. Never a path. */
export const NameId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9_-]*)?$/);

/** Number of a saved version. */
export const Version = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

/** Training rows of one trial. */
export const Budget = z.int().min(1).max(100_000_000);

/** A trial's seed. */
export const TrialSeed = z.int().min(0).max(0xffff_ffff);

/** Made by the client once for each click; sending it again changes nothing. */
export const IdempotencyKey = z.uuid();
