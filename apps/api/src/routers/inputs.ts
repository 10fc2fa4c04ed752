import type { ValueEdits } from "@seams/runner";
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

/** A value that a person gave by hand; whether it fits its place is the pipeline's to say. */
const Plain = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("missing") }),
  z.strictObject({ is: z.literal("number"), value: z.number() }),
  z.strictObject({ is: z.literal("numbers"), values: z.array(z.number()).max(100_000).readonly() }),
  z.strictObject({ is: z.literal("label"), value: z.string().max(1_000) }),
  z.strictObject({
    is: z.literal("flags"),
    values: z.record(z.string().max(64), z.union([z.literal(0), z.literal(1), z.null()])).readonly(),
  }),
  z.strictObject({ is: z.literal("text"), value: z.string().max(100_000) }),
  z.strictObject({ is: z.literal("box"), values: z.array(z.number()).length(4).readonly() }),
  z.strictObject({
    is: z.literal("image"),
    heightPx: z.int().min(1),
    widthPx: z.int().min(1),
    channels: z.int().min(1),
    base64: z.base64().max(4_000_000),
  }),
]);

/** Values given by hand, by place: `stage.port` or `field name`. */
export const Edits: z.ZodType<ValueEdits, ValueEdits> = z.record(
  z.string().max(200),
  z.union([Plain, z.strictObject({ is: z.literal("sequence"), of: z.array(Plain).max(10_000).readonly() })]),
);

/** Made by the client once for each click; sending it again changes nothing. */
export const IdempotencyKey = z.uuid();
