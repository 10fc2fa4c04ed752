import type { Database } from "@seams/db";
import type { CalibrationLog } from "@seams/runner";
import type { Comparison } from "@seams/core/measure";
import type { LabResult } from "@seams/core/labs";
import type { Findings } from "./findings";
import type { ImportDesk } from "./imports/import-desk";
import type { ProblemLibrary } from "./library/problem-library";
import type { Broadcaster } from "./live/broadcaster";
import type { TracingDesk } from "./tracing/tracing-desk";
import type { WorkerStatus } from "./wire";

/** Everything a request can use. Made once, when the API starts. */
export interface Services {
  readonly database: Database;
  /** SEAMS_HOME */
  readonly home: string;
  /** Names this program, down to its sources; absent where it runs from them: then nothing is kept of experiments. */
  readonly program: string | undefined;
  readonly library: ProblemLibrary;
  readonly imports: ImportDesk;
  readonly comparisons: Findings<Comparison>;
  readonly labs: Findings<LabResult>;
  readonly tracing: TracingDesk;
  readonly calibration: CalibrationLog;
  readonly live: Broadcaster;
  /** The worker processes of this API; empty where it runs none. */
  workers(): readonly WorkerStatus[];
  readonly startedAt: Date;
}
