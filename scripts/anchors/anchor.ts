import type { Lab } from "./lab";

/** In full for the record, or small enough for a test. */
export type Size = "full" | "reduced";

/** A statement that must come true. */
export interface Check {
  readonly says: string;
  readonly holds: boolean;
}

/** A figure for the record, with its interval. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  readonly n: number;
}

/** What an anchor measured, and whether it says what it must. */
export interface Outcome {
  readonly figures: readonly Figure[];
  readonly checks: readonly Check[];
}

/** A problem whose answer is known: science.md §6. */
export interface Anchor {
  readonly id: string;
  readonly title: string;
  readonly run: (lab: Lab, size: Size) => Promise<Outcome>;
}
