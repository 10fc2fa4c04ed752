import { defineDiagnostic } from "../define";
import { countOf, listNames, quote, suggest } from "../words";

/** A stage of a kind that doesn't exist. */
export const unknownKind = defineDiagnostic({
  code: "unknown-kind",
  severity: "error",
  title: "No such stage kind",
  cause: "The stage's kind is not one of this program's. It may be misspelt, or come from a newer version.",
  remedy: "Choose a kind from the palette.",
  message: (facts: {
    readonly kind: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `There is no stage kind ${quote(facts.kind)}.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A link names a stage that isn't there. */
export const unknownStage = defineDiagnostic({
  code: "unknown-stage",
  severity: "error",
  title: "Link to a stage that isn't there",
  cause: "A link starts or ends at a stage that the graph doesn't have.",
  remedy: "Remove the link, or correct the stage's name in it.",
  message: (facts: {
    readonly stage: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `The link names the stage ${quote(facts.stage)}, which the graph doesn't have.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A link names a port that its stage doesn't have. */
export const unknownPort = defineDiagnostic({
  code: "unknown-port",
  severity: "error",
  title: "No such port",
  cause:
    "A link starts or ends at a port that its stage doesn't have. Ports can depend on the stage's params.",
  remedy: "Correct the port's name, or the params that name the stage's ports.",
  message: (facts: {
    readonly stage: string;
    readonly port: string;
    readonly side: "input" | "output";
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `The stage ${quote(facts.stage)} has no ${facts.side} port ${quote(facts.port)}.`,
  fix: (facts) =>
    suggest(facts.near, facts.known) ?? `Remove the link: ${quote(facts.stage)} has no ${facts.side} ports.`,
});

/** An input port that nothing is linked to. */
export const missingInput = defineDiagnostic({
  code: "missing-input",
  severity: "error",
  title: "Input not linked",
  cause: "Every input port of a stage needs exactly one link into it.",
  remedy: "Link a value into this port.",
  message: (facts: { readonly stage: string; readonly port: string }) =>
    `Nothing is linked to the input ${quote(facts.port)} of ${quote(facts.stage)}.`,
});

/** A second link into a port. */
export const portLinkedTwice = defineDiagnostic({
  code: "port-linked-twice",
  severity: "error",
  title: "Two links into one port",
  cause: "An input port takes one value, so only one link can end at it.",
  remedy: "Remove one of the links, or give the stage one more input.",
  message: (facts: { readonly port: string; readonly first: string }) =>
    `The port ${quote(facts.port)} already gets its value from ${quote(facts.first)}.`,
});

/** Stages that feed each other in a circle. */
export const cycle = defineDiagnostic({
  code: "cycle",
  severity: "error",
  title: "Stages in a circle",
  cause:
    "A pipeline runs from its fields to its answers. Stages that feed each other in a circle could never start.",
  remedy: "Remove one of the links of the circle.",
  message: (facts: { readonly stages: readonly string[] }) =>
    facts.stages.length === 1
      ? `The stage ${listNames(facts.stages)} is linked to itself.`
      : `The stages ${listNames(facts.stages)} feed each other in a circle.`,
});

/** A graph without any answer. */
export const noAnswer = defineDiagnostic({
  code: "no-answer",
  severity: "error",
  title: "The pipeline answers nothing",
  cause: "A pipeline says which of its values predicts the problem's target. This one has no such stage.",
  remedy: "Add an answer stage and link the prediction to it.",
  message: (facts: { readonly targets: readonly string[] }) =>
    `The graph has no answer stage; the problem asks for ${listNames(facts.targets)}.`,
});

/** A target field that no answer stage names. */
export const targetUnanswered = defineDiagnostic({
  code: "target-unanswered",
  severity: "error",
  title: "Target not answered",
  cause: "Every target field of the problem needs one answer stage.",
  remedy: "Add an answer stage for this field and link the prediction to it.",
  message: (facts: { readonly field: string }) => `No stage answers the target ${quote(facts.field)}.`,
  fix: (facts) => `Add an answer stage with the field ${quote(facts.field)}.`,
});

/** A second answer for one target field. */
export const targetAnsweredTwice = defineDiagnostic({
  code: "target-answered-twice",
  severity: "error",
  title: "Target answered twice",
  cause: "Only one value can be the pipeline's prediction of a target field.",
  remedy: "Remove one of the answer stages.",
  message: (facts: { readonly field: string; readonly other: string }) =>
    `The target ${quote(facts.field)} is already answered by the stage ${quote(facts.other)}.`,
});

/** A stage that no answer and no supervised head depends on. */
export const unusedStage = defineDiagnostic({
  code: "unused-stage",
  severity: "warning",
  title: "Stage not used",
  cause: "No answer depends on this stage, so it is neither trained nor run.",
  remedy: "Link its output to a stage that leads to an answer, or remove it.",
  message: (facts: { readonly stage: string }) =>
    `Nothing that is answered depends on ${quote(facts.stage)}.`,
});

/** A graph without stages. */
export const emptyGraph = defineDiagnostic({
  code: "empty-graph",
  severity: "error",
  title: "Empty graph",
  cause: "A pipeline needs at least a field to read and an answer to give.",
  remedy: "Add a field stage for an input of the problem and an answer stage for its target.",
  message: () => "The graph has no stages.",
});

/** More stages than the limit; the rest was not read. */
export const tooManyStages = defineDiagnostic({
  code: "too-many-stages",
  severity: "error",
  title: "Too many stages",
  cause: "The graph has more stages than the limit.",
  remedy: "Split the pipeline, or map one stage over a sequence with each instead of repeating it.",
  message: (facts: { readonly count: number; readonly limit: number }) =>
    `Expected at most ${countOf(facts.limit, "stage")}, seen ${countOf(facts.count, "stage")}.`,
});

/** More links than the limit; the rest was not read. */
export const tooManyLinks = defineDiagnostic({
  code: "too-many-links",
  severity: "error",
  title: "Too many links",
  cause: "The graph has more links than the limit.",
  remedy: "Split the pipeline, or pass many values as one vector or sequence.",
  message: (facts: { readonly count: number; readonly limit: number }) =>
    `Expected at most ${countOf(facts.limit, "link")}, seen ${countOf(facts.count, "link")}.`,
});

/** One stage with more input ports than the limit. */
export const tooManyPorts = defineDiagnostic({
  code: "too-many-ports",
  severity: "error",
  title: "Too many ports",
  cause: "The stage's params ask for more ports than the limit.",
  remedy: "Pass many values as one vector or sequence.",
  message: (facts: { readonly stage: string; readonly count: number; readonly limit: number }) =>
    `Expected at most ${countOf(facts.limit, "port")} on ${quote(facts.stage)}, seen ${facts.count}.`,
});

/** The document names another problem than the one it is compiled for. */
export const otherProblem = defineDiagnostic({
  code: "other-problem",
  severity: "warning",
  title: "Written for another problem",
  cause: "The document names one problem and is used with another. Its fields may not be there.",
  remedy: "Choose the problem that the document names, or change the name in the document.",
  message: (facts: { readonly named: string; readonly used: string }) =>
    `The pipeline was drawn for the problem ${quote(facts.named)} and is used with ${quote(facts.used)}.`,
});

/** So many paths through shared stages that the plan could not be written down. */
export const tooManyPaths = defineDiagnostic({
  code: "too-many-paths",
  severity: "error",
  title: "Too many paths",
  cause:
    "A plan says for every value how it is made, along every path. Stages that share inputs again and again multiply the paths.",
  remedy: "Merge stages, so that values are shared at fewer places.",
  message: (facts: { readonly limit: number }) =>
    `The values of this pipeline are made along more than ${facts.limit.toLocaleString("en-US")} paths.`,
});
