import type { BackendChoice, Diagnostic } from "@seams/core";
import type { RunEvent, Trial, TrialResult } from "@seams/core/train";
import * as z from "zod";

/** Raised with every change of a message: a worker of another version is told apart at its first word. */
export const PROTOCOL = 3;

/**
 * A value that the other side made with the same types: messages stay on this machine, between processes of one
 * version, so that its outline is checked and not every part of it.
 */
const made = <T extends object>(...keys: readonly (keyof T & string)[]): z.ZodType<T> =>
  z.custom<T>(
    (value) => typeof value === "object" && value !== null && keys.every((key) => Object.hasOwn(value, key)),
    `expected an object with ${keys.join(", ")}`,
  );

const protocol = z.literal(PROTOCOL);

/** What a worker is told. */
export const WorkerOrder = z.discriminatedUnion("type", [
  /** First: which data folder, which problem (`OpenedProblem.reference`), which backend. */
  z.strictObject({
    protocol,
    type: z.literal("open"),
    home: z.string(),
    problem: z.string(),
    backend: made<BackendChoice>("because"),
  }),
  z.strictObject({
    protocol,
    type: z.literal("run"),
    trial: made<Trial>("plan", "problem", "budget", "seed"),
  }),
  /** Save a checkpoint and stop the trial in hand. */
  z.strictObject({ protocol, type: z.literal("cancel") }),
  z.strictObject({ protocol, type: z.literal("close") }),
]);
export type WorkerOrder = z.infer<typeof WorkerOrder>;

/** How a trial ended. */
export type TrialEnd =
  | { readonly is: "done"; readonly result: TrialResult }
  | { readonly is: "failed"; readonly diagnostic: Diagnostic }
  | { readonly is: "cancelled" };

/** What a worker tells. */
export const WorkerReport = z.discriminatedUnion("type", [
  /** It cannot run anything here. */
  z.strictObject({ protocol, type: z.literal("refused"), diagnostic: made<Diagnostic>("code", "message") }),
  z.strictObject({ protocol, type: z.literal("event"), event: made<RunEvent>("type") }),
  z.strictObject({ protocol, type: z.literal("ended"), end: made<TrialEnd>("is") }),
  /** It turns its loop; nothing else has happened. */
  z.strictObject({ protocol, type: z.literal("alive") }),
  z.strictObject({ protocol, type: z.literal("notice"), words: z.string() }),
]);
export type WorkerReport = z.infer<typeof WorkerReport>;

/** A message without what every message has. */
export type Unsigned<M> = M extends unknown ? Omit<M, "protocol"> : never;
