import type { LabKind, LabPlan } from "@seams/core/labs";

/** What an experiment is asked. */
export type ExperimentKind = "comparison" | LabKind;

/** A lab as it was worked out when it started. */
export interface StoredLab {
  readonly plan: LabPlan;
  /** Where its donors are trained; absent where it has none. */
  readonly source?: { readonly problem: string; readonly hash: string };
}
