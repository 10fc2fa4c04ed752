import type { PhaseArtifact, PhaseCheckpoint, Prediction, StepperState } from "@seams/core/train";
import * as z from "zod";
import type { Entry, EntryArray } from "./entry";

const TargetScale = z.strictObject({ mean: z.array(z.number()), spread: z.array(z.number()) });

const ArtifactFacts = z.strictObject({
  steps: z.int(),
  artifact: z.strictObject({
    scales: z.record(z.string(), TargetScale),
    bestStep: z.int(),
    steps: z.int(),
    stopped: z.enum(["steps", "early", "budget"]),
    seconds: z.number(),
    weights: z.record(z.string(), z.string()),
    rows: z.int().optional(),
    eagerBecause: z.string().optional(),
    asked: z.strictObject({ moments: z.int(), labels: z.record(z.string(), z.int()) }).optional(),
  }),
});

const CheckpointFacts = z.strictObject({
  steps: z.int(),
  cursor: z.strictObject({ pass: z.int(), offset: z.int() }),
  best: z.strictObject({ step: z.int(), loss: z.number(), steps: z.int() }).nullable(),
  checksWithoutBest: z.int(),
});

/** A finished phase as an entry. */
export function artifactEntry(key: string, { state, ...artifact }: PhaseArtifact): Entry {
  return { is: "artifact", key, facts: { steps: state.steps, artifact }, arrays: state.arrays };
}

/** The finished phase of an entry; undefined where its facts are not of this version. */
export function readArtifact({ facts, arrays }: Entry): PhaseArtifact | undefined {
  const read = ArtifactFacts.safeParse(facts);
  if (!read.success) return undefined;
  const { rows, asked, eagerBecause, ...artifact } = read.data.artifact;
  return {
    ...artifact,
    ...(eagerBecause === undefined ? {} : { eagerBecause }),
    ...(rows === undefined ? {} : { rows }),
    ...(asked === undefined ? {} : { asked }),
    state: { steps: read.data.steps, arrays },
  };
}

const STATE = "state ";
const BEST = "best ";

/** A phase in the middle as an entry. */
export function checkpointEntry(key: string, checkpoint: PhaseCheckpoint): Entry {
  const { state, cursor, best, checksWithoutBest } = checkpoint;
  const facts = {
    steps: state.steps,
    cursor,
    best: best === undefined ? null : { step: best.step, loss: best.loss, steps: best.state.steps },
    checksWithoutBest,
  };
  const arrays = { ...prefixed(STATE, state.arrays), ...prefixed(BEST, best?.state.arrays ?? {}) };
  return { is: "checkpoint", key, facts, arrays };
}

/** The phase in the middle of an entry; undefined where its facts are not of this version. */
export function readCheckpoint({ facts, arrays }: Entry): PhaseCheckpoint | undefined {
  const read = CheckpointFacts.safeParse(facts);
  if (!read.success) return undefined;
  const { steps, cursor, best, checksWithoutBest } = read.data;
  const state: StepperState = { steps, arrays: withoutPrefix(STATE, arrays) };
  if (best === null) return { state, cursor, best: undefined, checksWithoutBest };
  const { step, loss } = best;
  const bestState = { steps: best.steps, arrays: withoutPrefix(BEST, arrays) };
  return { state, cursor, best: { step, loss, state: bestState }, checksWithoutBest };
}

/** A prediction as an entry. Slots that are there and lengths are small whole numbers: float32 has them exactly. */
export function predictionEntry(key: string, { raw, presence: { present, lengths } }: Prediction): Entry {
  const arrays = {
    raw: flat(raw),
    present: flat(Float32Array.from(present)),
    ...(lengths === undefined ? {} : { lengths: flat(Float32Array.from(lengths)) }),
  };
  return { is: "prediction", key, facts: null, arrays };
}

/** The prediction of an entry; undefined where it has other arrays than this version's. */
export function readPrediction({ arrays }: Entry): Prediction | undefined {
  const { raw, present, lengths } = arrays;
  if (raw === undefined || present === undefined) return undefined;
  return {
    raw: raw.data,
    presence: {
      present: Uint8Array.from(present.data),
      ...(lengths === undefined ? {} : { lengths: Int32Array.from(lengths.data) }),
    },
  };
}

const flat = (data: Float32Array): EntryArray => ({ shape: [data.length], data });

type Arrays = Readonly<Record<string, EntryArray>>;

const prefixed = (prefix: string, arrays: Arrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [prefix + name, array]));

const withoutPrefix = (prefix: string, arrays: Arrays): Arrays =>
  Object.fromEntries(
    Object.entries(arrays).flatMap(([name, array]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), array]] : [],
    ),
  );
