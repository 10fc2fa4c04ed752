import { defineDiagnostic } from "../define";
import { listNames, quote, suggest } from "../words";

/** `input`, `target`, `metric` or `split` names a field that is not in `fields`. */
export const problemFieldUnknown = defineDiagnostic({
  code: "problem-field-unknown",
  severity: "error",
  title: "Names a field that isn't there",
  cause: "The input, target and metric of a problem name fields that are described under fields.",
  remedy: "Describe the field under fields, or correct its name.",
  message: (facts: {
    readonly key: string;
    readonly field: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `${quote(facts.key)} names the field ${quote(facts.field)}, which is not under "fields".`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A list that must name at least one field is empty. */
export const noFieldsNamed = defineDiagnostic({
  code: "no-fields-named",
  severity: "error",
  title: "No field named",
  cause: "A problem has at least one input and at least one target.",
  remedy: "Name at least one field.",
  message: (facts: { readonly key: string }) => `${quote(facts.key)} names no field.`,
});

/** A field that is both input and target. */
export const inputIsTarget = defineDiagnostic({
  code: "input-is-target",
  severity: "error",
  title: "A field is both input and target",
  cause: "What is to be predicted cannot be given: the pipeline would only copy it.",
  remedy: "Remove the field from one of the two lists.",
  message: (facts: { readonly field: string }) =>
    `The field ${quote(facts.field)} is named as input and as target.`,
});

/** A name that stands twice in a list of names. */
export const listedTwice = defineDiagnostic({
  code: "listed-twice",
  severity: "error",
  title: "Listed twice",
  cause: "A list of fields, classes, flags or letters has the same entry twice.",
  remedy: "Remove one of the two.",
  message: (facts: { readonly key: string; readonly name: string }) =>
    `${quote(facts.name)} stands twice in ${quote(facts.key)}.`,
});

/** A metric that doesn't exist. */
export const unknownMetric = defineDiagnostic({
  code: "unknown-metric",
  severity: "error",
  title: "No such metric",
  cause: "The metric is not one of those that can be computed.",
  remedy: "Choose one of the metrics.",
  message: (facts: {
    readonly metric: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `There is no metric ${quote(facts.metric)}.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A metric that cannot be computed for the target's type. */
export const metricDoesNotFit = defineDiagnostic({
  code: "metric-does-not-fit",
  severity: "error",
  title: "Metric doesn't fit the target",
  cause: "The metric cannot be computed for a target of this type.",
  remedy: "Choose a metric that fits the target's type.",
  message: (facts: {
    readonly metric: string;
    readonly field: string;
    readonly seen: string;
    readonly fitting: readonly string[];
  }) => `The metric ${quote(facts.metric)} cannot score ${quote(facts.field)}, which is ${facts.seen}.`,
  fix: (facts) => suggest(undefined, facts.fitting),
});

/** A metric for a field that is not a target. */
export const metricOfNonTarget = defineDiagnostic({
  code: "metric-of-non-target",
  severity: "error",
  title: "Metric of a field that is not a target",
  cause: "The metrics of a problem score its targets. Heads on intermediate fields are scored by themselves.",
  remedy: "Remove the entry, or add the field to target.",
  message: (facts: { readonly field: string; readonly targets: readonly string[] }) =>
    `${quote(facts.field)} is not a target; targets are ${listNames(facts.targets)}.`,
});

/** A target without a metric. */
export const targetWithoutMetric = defineDiagnostic({
  code: "target-without-metric",
  severity: "error",
  title: "Target without a metric",
  cause: "Where metrics are given by target, every target needs one.",
  remedy: "Add a metric for the target.",
  message: (facts: { readonly field: string; readonly fitting: readonly string[] }) =>
    `The target ${quote(facts.field)} has no metric.`,
  fix: (facts) => `Add one of ${listNames(facts.fitting)}.`,
});

/** Split fractions that don't add up to one. */
export const fractionsDoNotSum = defineDiagnostic({
  code: "fractions-do-not-sum",
  severity: "error",
  title: "Fractions don't add up",
  cause: "The fractions of the training, validation and test parts must add up to 1.",
  remedy: "Change the fractions so that they add up to 1, for example [0.8, 0.1, 0.1].",
  message: (facts: { readonly sum: number }) =>
    `The fractions add up to ${Number(facts.sum.toFixed(6))}, not to 1.`,
});

/** A split without training or test rows by construction. */
export const splitLeavesNone = defineDiagnostic({
  code: "split-leaves-none",
  severity: "error",
  title: "A part of the split is empty",
  cause: "Without training rows nothing can be learned, and without test rows nothing can be measured.",
  remedy: "Give the training and the test part a fraction above 0.",
  message: (facts: { readonly part: string }) => `The ${facts.part} part gets no rows.`,
});

/** A price on an input field. */
export const priceOnInput = defineDiagnostic({
  code: "price-on-input",
  severity: "warning",
  title: "Price on an input",
  cause: "A price is what one label costs. Inputs are there for every record and are not charged.",
  remedy: "Remove the price from this field.",
  message: (facts: { readonly field: string }) =>
    `The input ${quote(facts.field)} has a price, which is not used.`,
});

/** Bounds with the lower above the upper. */
export const boundsReversed = defineDiagnostic({
  code: "bounds-reversed",
  severity: "error",
  title: "Bounds the wrong way round",
  cause: "The lower bound of a scalar is above its upper bound.",
  remedy: "Exchange low and high.",
  message: (facts: { readonly low: number; readonly high: number }) =>
    `Expected low below high, seen low ${facts.low} and high ${facts.high}.`,
});

/** A problem that nobody knows: no gallery problem, no folder. */
export const problemUnknown = defineDiagnostic({
  code: "problem-unknown",
  severity: "error",
  title: "No such problem",
  cause: "A problem is named by its id in the gallery or by the path of a problem folder. This is neither.",
  remedy: "Correct the name, or give the path of a folder with a problem.json.",
  message: (facts: { readonly name: string; readonly near?: string | undefined }) =>
    `There is no problem ${quote(facts.name)} in the gallery, and no problem folder of that name.`,
  fix: ({ near }) => (near === undefined ? undefined : `Did you mean ${quote(near)}?`),
});

/** A pipeline that nobody knows: no gallery pipeline, no file. */
export const pipelineUnknown = defineDiagnostic({
  code: "pipeline-unknown",
  severity: "error",
  title: "No such pipeline",
  cause: "A pipeline is named by its file or by its id in the gallery. This is neither.",
  remedy: "Correct the path, or use an id that `seams pipelines` lists.",
  message: (facts: { readonly name: string; readonly near?: string | undefined }) =>
    `There is no file ${quote(facts.name)}, and no pipeline of that id in the gallery.`,
  fix: ({ near }) => (near === undefined ? undefined : `Did you mean ${quote(near)}?`),
});
