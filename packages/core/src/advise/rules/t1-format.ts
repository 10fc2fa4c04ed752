import { listNames } from "../../diagnostics/words";
import { isTransfer, type PipelineFacts } from "../facts";
import type { Advice } from "../advice";
import { type AdviceQuestion, cellId, type Rule } from "../question";

/** What a refused start is called in a failed cell. */
const REFUSED = "artifact-does-not-fit";

/** T1, format: type, shape and units of A's input and of B's. What doesn't fit is refused when it starts, naming both. */
export const format: Rule = (question) =>
  question.facts.filter(isTransfer).flatMap((one) => adviceOn(one, question));

function adviceOn(pipeline: PipelineFacts, { comparison }: AdviceQuestion): Advice[] {
  const cells = comparison.cells.filter((cell) => cell.pipeline === pipeline.id);
  const refused = cells.find(({ failed }) => failed?.code === REFUSED);
  const trained = cells.filter(({ failed }) => failed === undefined);
  if (refused === undefined && trained.length === 0) return [];
  const stages = listNames(
    pipeline.learned.flatMap(({ stage, start }) => (start === undefined ? [] : [stage])),
  );
  return [
    {
      rule: "T1",
      title: "Same input format",
      outcome: refused === undefined ? "holds" : "fails",
      about: [pipeline.id],
      evidence: (refused === undefined ? trained : [refused]).map(cellId),
      says:
        refused === undefined
          ? `The weights that ${stages} of ${pipeline.title} starts from fit its inputs: type and shape were checked when it was trained.`
          : `${pipeline.title} can't start from what it names: ${refused.failed?.message ?? ""}`,
      measurements: [{ what: "trials that started from it", value: trained.length, n: cells.length }],
    },
  ];
}
