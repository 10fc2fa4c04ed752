import { defineDiagnostic } from "../define";
import { countOf, listNames, quote } from "../words";

/** A transfer lab whose pipelines have no two stages of which one can start from the other. */
export const labNoTransferStage = defineDiagnostic({
  code: "lab-no-transfer-stage",
  severity: "error",
  title: "No stage to transfer to",
  cause:
    "A transfer lab starts a learned stage of one pipeline from a learned stage of another. Both need hidden layers, of the same shapes and on inputs of the same type.",
  remedy: "Give both pipelines a stage with the same hidden layers on the same type of input.",
  message: (facts: {
    readonly target: string;
    readonly source: string;
    readonly reason?: string | undefined;
  }) =>
    `No learned stage of ${quote(facts.target)} can start from one of ${quote(facts.source)}${facts.reason === undefined ? "." : `: ${facts.reason}.`}`,
});

/** A stage that a lab is asked about, and that isn't there or learns nothing. */
export const labStageUnknown = defineDiagnostic({
  code: "lab-stage-unknown",
  severity: "error",
  title: "No such learned stage",
  cause:
    "A lab names a stage of a pipeline that isn't there, or that is not a network with weights to train.",
  remedy: "Name one of the pipeline's learned stages.",
  message: (facts: {
    readonly stage: string;
    readonly pipeline: string;
    readonly known: readonly string[];
  }) =>
    `${quote(facts.pipeline)} has no learned stage ${quote(facts.stage)}; it has ${listNames(facts.known)}.`,
});

/** More frozen layers than there are hidden ones. */
export const labFreezeTooDeep = defineDiagnostic({
  code: "lab-freeze-too-deep",
  severity: "error",
  title: "Nothing left to tune",
  cause:
    "A transfer lab freezes layers from the input on; the head is new for the new task, and must be trained.",
  remedy: "Freeze at most as many layers as the stage has hidden ones.",
  message: (facts: { readonly freeze: number; readonly stage: string; readonly hidden: number }) =>
    `${countOf(facts.freeze, "frozen layer")} asked for; the stage ${quote(facts.stage)} has ${countOf(facts.hidden, "hidden layer")} with weights.`,
});

/** A multi-task lab of a pipeline no stage of which has several tasks. */
export const labTooFewHeads = defineDiagnostic({
  code: "lab-too-few-heads",
  severity: "error",
  title: "Only one task",
  cause:
    "A multi-task lab compares one network with several heads against a network for each of them. It needs a stage with two heads or more that learn target fields of the problem.",
  remedy: "Choose a pipeline with a shared trunk, or give its stage another head.",
  message: (facts: { readonly pipeline: string; readonly stage?: string | undefined }) =>
    facts.stage === undefined
      ? `No stage of ${quote(facts.pipeline)} has two heads that learn targets.`
      : `The stage ${quote(facts.stage)} of ${quote(facts.pipeline)} doesn't have two heads that learn targets.`,
});

/** A group of tasks that isn't one. */
export const labBadGroup = defineDiagnostic({
  code: "lab-bad-group",
  severity: "error",
  title: "Tasks that can't share a trunk",
  cause:
    "The tasks that a multi-task lab trains together are named by the heads of its stage, each once, at least two.",
  remedy: "Name two tasks or more of the stage.",
  message: (facts: { readonly group: readonly string[]; readonly known: readonly string[] }) =>
    `${listNames(facts.group)} can't be trained together; the tasks are ${listNames(facts.known)}.`,
});

/** Fewer seeds than a lab's verdicts need. */
export const labTooFewSeeds = defineDiagnostic({
  code: "lab-too-few-seeds",
  severity: "error",
  title: "Too few seeds",
  cause: "A lab gives a verdict on every cell. Fewer than 3 seeds say nothing about how much a gain varies.",
  remedy: "Ask for 3 seeds or more; 5 is usual.",
  message: (facts: { readonly seeds: number; readonly need: number }) =>
    `A lab needs at least ${countOf(facts.need, "seed")}; ${facts.seeds === 1 ? "there is" : "there are"} ${facts.seeds}.`,
});

/** A lab of more trials than an experiment may have. */
export const labTooLarge = defineDiagnostic({
  code: "lab-too-large",
  severity: "error",
  title: "Too many trials",
  cause: "A lab trains every combination of its axes with every seed, and the combinations multiply.",
  remedy: "Leave out values of an axis, or seeds.",
  message: (facts: { readonly trials: number; readonly limit: number }) =>
    `These are ${countOf(facts.trials, "trial")}; a lab has at most ${facts.limit.toLocaleString("en-US")}.`,
});
