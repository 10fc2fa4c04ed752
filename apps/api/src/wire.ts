import type { Diagnostic, GraphDocument, ProblemSchema, TrainingPlan, MachineFacts } from "@seams/core";
import type { Calibration, Comparison } from "@seams/core/measure";
import type { LabKind, LabResult } from "@seams/core/labs";
import type { EngineInfo, RunEvent, Scores } from "@seams/core/train";
import type { ProblemCard as GalleryCard, Provenance, RecordValue, RowCounts } from "@seams/problems";

// What the API sends. Ids are strings, dates ISO strings; everything is plain JSON.

export type { Provenance, RecordValue };
export type { ReplayView, TracedView, TraceView, ValueEdits } from "@seams/runner";

/** An ISO 8601 date and time. */
export type IsoDate = string;

export interface SystemInfo {
  readonly version: string;
  /** The machinery of the newest finished trial; null before there is one. */
  readonly engine: EngineInfo | null;
  readonly cores: number;
  /** By what plans are priced and backends chosen here. */
  readonly machine: MachineFacts;
  /** The data folder. */
  readonly home: string;
  readonly workers: readonly WorkerStatus[];
  readonly uptimeSeconds: number;
}

/** One worker process. */
export interface WorkerStatus {
  readonly name: string;
  readonly pid: number | null;
  /** The trial it runs now. */
  readonly trial: string | null;
}

/** A problem as the gallery shows it. */
export interface ProblemCard extends Omit<GalleryCard, "provenance"> {
  readonly source: "gallery" | "imported";
}

export interface FieldFacts {
  /** Records without a value. */
  readonly missing: { readonly train: number; readonly test: number };
  /** Values and how many training records have them; only where there are few different ones. */
  readonly histogram?: readonly { readonly value: string; readonly count: number }[];
}

export interface ProblemView {
  readonly card: ProblemCard;
  readonly schema: ProblemSchema;
  readonly provenance: Provenance;
  readonly fields: Readonly<Record<string, FieldFacts>>;
}

export interface RecordView {
  readonly row: number;
  readonly split: string;
  readonly values: Readonly<Record<string, RecordValue>>;
}

export interface RecordPage {
  readonly total: number;
  readonly records: readonly RecordView[];
}

/** Answer of POST /import: nothing is stored yet. */
export interface ImportPreview {
  readonly importId: string;
  readonly preview: {
    readonly records: readonly RecordView[];
    /** problem.json as it would be written; absent where nothing could be read. */
    readonly schema: unknown;
    readonly rows: RowCounts;
    readonly diagnostics: readonly Diagnostic[];
  };
}

export interface PipelineSummary {
  readonly id: string;
  readonly title: string;
  readonly problem: string;
  readonly version: number;
  readonly hash: string;
  readonly origin: "gallery" | "own";
  /** Null for the gallery's, which change only with Seams itself. */
  readonly updatedAt: IsoDate | null;
}

export interface PipelineView extends PipelineSummary {
  readonly description: string;
  readonly document: GraphDocument;
  /** Gallery pipelines and old versions: fork to change. */
  readonly readOnly: boolean;
}

export interface PipelineVersionSummary {
  readonly version: number;
  readonly hash: string;
  readonly savedAt: IsoDate | null;
}

export type TrialStatus = "queued" | "running" | "done" | "failed" | "cancelled";

export interface TrialSummary {
  readonly id: string;
  readonly experiment: string;
  readonly pipeline: string;
  readonly budget: number;
  readonly seed: number;
  readonly status: TrialStatus;
  readonly attempt: number;
  readonly seconds?: number;
  readonly test?: Scores;
  readonly diagnostic?: Diagnostic;
  /** 1: next to run. */
  readonly queuePosition?: number;
  /** When a worker took it last. */
  readonly startedAt?: IsoDate;
  readonly endedAt?: IsoDate;
}

/** A trial in the list of runs. */
export interface TrialListItem extends TrialSummary {
  /** The pipeline's title when it started. */
  readonly title: string;
  readonly problem: string;
  /** Trials of its experiment: more than one is a comparison. */
  readonly siblings: number;
}

/** `running` while anything waits or runs after the first start. */
export type ExperimentStatus = TrialStatus;

/** What an experiment is asked: a comparison of pipelines, or a lab over variants of one. */
export type ExperimentKind = "comparison" | LabKind;

export interface ExperimentSummary {
  readonly id: string;
  readonly kind: ExperimentKind;
  readonly title: string;
  readonly problem: string;
  readonly status: ExperimentStatus;
  /** Trials that ended, in whatever way. */
  readonly done: number;
  readonly failed: number;
  readonly total: number;
  readonly createdAt: IsoDate;
}

export interface ExperimentView {
  readonly id: string;
  readonly kind: ExperimentKind;
  readonly title: string;
  readonly problem: string;
  readonly status: ExperimentStatus;
  readonly createdAt: IsoDate;
  readonly pipelines: readonly {
    readonly id: string;
    readonly title: string;
    readonly hash: string;
    readonly version: number | null;
  }[];
  readonly budgets: readonly number[];
  readonly seeds: readonly number[];
  readonly prices: Readonly<Record<string, number>>;
  readonly trials: readonly TrialSummary[];
  /** Over the trials that ended; null before the first one did, and for labs. */
  readonly comparison: Comparison | null;
  /** What came of the advisor's predictions on this machine so far; null before the comparison is over. */
  readonly calibration: Calibration | null;
  /** A lab's, over the trials that ended; null before the first one did, and for comparisons. */
  readonly lab: LabResult | null;
  /** Follow /live from here. */
  readonly lastSeq: number;
}

/** Test rows of one budget and seed, and what each pipeline made of them. */
export interface ExamplesView {
  readonly problem: string;
  readonly testRows: number;
  readonly pipelines: readonly {
    readonly pipeline: string;
    readonly title: string;
    readonly trial: string;
    readonly status: TrialStatus;
    /** By position among the test rows: 1 right, 0 wrong, −1 not scored; null where answers are amounts, or not there. */
    readonly correct: readonly number[] | null;
  }[];
}

export interface TrialView {
  readonly summary: TrialSummary;
  readonly title: string;
  /** The pipeline's version and hash when it started; the gallery's pipelines have no versions. */
  readonly version: number | null;
  readonly hash: string;
  readonly experiment: {
    readonly id: string;
    readonly kind: ExperimentKind;
    readonly title: string;
    readonly trials: number;
  };
  readonly document: GraphDocument;
  readonly plan: TrainingPlan;
  readonly events: readonly { readonly seq: number; readonly event: RunEvent }[];
  readonly lastSeq: number;
}

/** One entry of /live's messages. */
export interface LiveEvent {
  readonly seq: number;
  readonly trial: string;
  readonly event:
    | RunEvent
    | { readonly type: "status"; readonly status: TrialStatus; readonly attempt: number };
}
