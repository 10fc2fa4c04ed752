import { defineDiagnostic } from "../define";
import { countOf, listNames, quote } from "../words";

/** Dataset aggregation where nobody can be asked. */
export const noExpert = defineDiagnostic({
  code: "no-expert",
  severity: "error",
  title: "No expert to ask",
  cause:
    "Dataset aggregation lets the pipeline act and asks an expert what would have been right there. That needs a problem with an environment whose expert gives the labels that the stage learns from.",
  remedy: 'Remove "aggregate" from the stage.',
  message: (facts: { readonly problem: string; readonly fields: readonly string[] }) =>
    facts.fields.length === 0
      ? `The problem ${quote(facts.problem)} has no environment with an expert.`
      : `The expert of ${quote(facts.problem)} doesn't give ${listNames(facts.fields)}.`,
});

/** Stages of one pipeline that would gather in different ways. */
export const aggregationDiffers = defineDiagnostic({
  code: "aggregation-differs",
  severity: "error",
  title: "Stages gather differently",
  cause:
    "The pipeline acts as a whole: all stages that learn from gathered moments learn from the same ones, so that they agree on rounds and on moments in a round.",
  remedy: "Give these stages the same numbers.",
  message: (facts: { readonly rounds: number; readonly share: number }) =>
    `Expected ${countOf(facts.rounds, "round")} of ${facts.share} of the budget, as another stage has.`,
});

/** Dataset aggregation behind a cross-fitted link. */
export const aggregationCrossFitted = defineDiagnostic({
  code: "aggregation-cross-fitted",
  severity: "error",
  title: "Gathered moments can't be cross-fitted",
  cause:
    "A cross-fitted link predicts each row by a model that hasn't seen it. Gathered moments come after those models, which are trained on the budget's rows alone.",
  remedy: 'Use the mode "label" or "predicted" on this link.',
  message: (facts: { readonly from: string; readonly to: string }) =>
    `The link from ${quote(facts.from)} to ${quote(facts.to)} is cross-fitted, and its stage learns from gathered moments.`,
});

/** Labels that were asked for beside the budget. */
export const expertAsked = defineDiagnostic({
  code: "expert-asked",
  severity: "advice",
  title: "Labels beyond the budget",
  cause:
    "Dataset aggregation asks an expert about moments that the pipeline got into. These labels come on top of the budget's.",
  remedy:
    "Compare by cost rather than by rows: the labels are counted and priced there. Or compare with a pipeline at a budget as much larger.",
  message: (facts: { readonly moments: number; readonly labels: number; readonly budget: number }) =>
    `The expert was asked about ${countOf(facts.moments, "moment")} beside the ${countOf(facts.budget, "row")} of the budget: ${countOf(facts.labels, "label")}, which count and cost as any other.`,
});
