import { hasStart, isTransfer, type PipelineFacts } from "./facts";
import { type AdviceQuestion, pairsOf } from "./question";

/** A pipeline that starts from weights, and one that learns the same fields from nothing. */
export type TransferPair = readonly [transfer: PipelineFacts, scratch: PipelineFacts];

/** Every transfer beside the same learning from nothing. */
export const transferPairs = (question: AdviceQuestion): readonly TransferPair[] =>
  pairsOf(question, isTransfer, (one) => !hasStart(one)).filter(
    ([transfer, scratch]) => fieldsIn(transfer) === fieldsIn(scratch),
  );

const fieldsIn = ({ learned }: PipelineFacts): string =>
  learned
    .map(({ fields }) => [...fields].sort().join("+"))
    .sort()
    .join();

/** Whether all of what the pipeline starts from stays as it is. */
export const isFrozen = ({ learned }: PipelineFacts): boolean =>
  learned.every(
    ({ start }) =>
      start === undefined || start.freeze === "all" || (typeof start.freeze === "number" && start.freeze > 0),
  );
