import * as z from "zod";

/** What a worker tells its supervisor. */
export const WorkerMessage = z.discriminatedUnion("type", [
  /** It waits for trials. */
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({ type: z.literal("started"), trial: z.string(), attempt: z.int() }),
  /** The trial it runs moves on. */
  z.strictObject({ type: z.literal("moved") }),
  z.strictObject({ type: z.literal("ended") }),
  z.strictObject({ type: z.literal("notice"), words: z.string() }),
]);
export type WorkerMessage = z.infer<typeof WorkerMessage>;

/** What the supervisor tells a worker: hand the trial back, and end. */
export const STOP = "stop";
