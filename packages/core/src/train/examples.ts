import { gatherRows } from "../data/gather";
import { describeValue } from "../data/words";
import { decodeHead } from "./columns";
import type { ExamplePrediction } from "./events";
import type { FitQuestions } from "./fit-phase";
import type { PreparedFit } from "./prepare";
import { type FedInput, inputsOf, presenceOf } from "./presence";
import type { RowSet } from "./row-set";

/** Records whose predictions are shown while a phase trains. */
const EXAMPLES = 4;

/** What examples are taken from. */
export interface ExampleSource {
  readonly rows: RowSet;
  readonly fed: readonly FedInput[];
}

/** The first few rows of the validation part, or of the training rows where there is none; never a test row. */
export function examplesOf(fit: PreparedFit, { rows, fed }: ExampleSource): FitQuestions["examples"] {
  const { phase, validation, train, scales } = fit;
  const chosen = (validation.length > 0 ? validation : train).slice(0, EXAMPLES);
  const heads = phase.losses.map((term) => {
    const feeding = fed
      .filter(({ input }) => inputsOf(phase, term.output).includes(input))
      .map(({ input, column }) => ({ input, column: gatherRows(column, chosen) }));
    const scale = scales[term.output];
    return {
      term,
      truth: gatherRows(rows.field(term.target), chosen),
      presence: presenceOf(term.type, chosen.length, feeding),
      ...(scale === undefined ? {} : { scale }),
    };
  });
  const describeHead = (
    { term, truth, ...facts }: (typeof heads)[number],
    raw: Float32Array | undefined,
  ): readonly ExamplePrediction[] => {
    if (raw === undefined) return [];
    const predicted = decodeHead(raw, term.type, { ...facts, loss: term.loss });
    return Array.from(chosen, (row, index) => ({
      row: rows.rows[row] ?? -1,
      stage: term.stage,
      port: term.head.port,
      truth: describeValue(truth, index),
      predicted: describeValue(predicted, index),
    }));
  };
  return {
    rows: chosen,
    describe: (raw) => heads.flatMap((head) => describeHead(head, raw[head.term.output])),
  };
}
