import { defineDiagnostic } from "../define";
import { countOf, listNames, quote, suggest } from "../words";

/** A param that the kind doesn't have. */
export const unknownParam = defineDiagnostic({
  code: "unknown-param",
  severity: "error",
  title: "Unknown param",
  cause: "The stage's kind has no such param. It may be misspelt; it is never ignored silently.",
  remedy: "Remove the param, or correct its spelling.",
  message: (facts: {
    readonly param: string;
    readonly kind: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `The kind ${quote(facts.kind)} has no param ${quote(facts.param)}.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A param that must be given. */
export const missingParam = defineDiagnostic({
  code: "missing-param",
  severity: "error",
  title: "Param missing",
  cause: "The stage's kind cannot do without this param, and has no default for it.",
  remedy: "Give the param a value.",
  message: (facts: { readonly param: string; readonly kind: string }) =>
    `The kind ${quote(facts.kind)} needs the param ${quote(facts.param)}.`,
  fix: (facts) => `Give ${quote(facts.param)} a value.`,
});

/** A param of the wrong type. */
export const paramWrongType = defineDiagnostic({
  code: "param-wrong-type",
  severity: "error",
  title: "Param of the wrong type",
  cause: "The param's value is of another type than the kind asks for.",
  remedy: "Write a value of the expected type.",
  message: (facts: { readonly param: string; readonly expected: string; readonly seen: string }) =>
    `The param ${quote(facts.param)}: expected ${facts.expected}, seen ${facts.seen}.`,
});

/** A param outside its bounds or choices. */
export const paramOutOfRange = defineDiagnostic({
  code: "param-out-of-range",
  severity: "error",
  title: "Param out of range",
  cause: "The param's value is outside its bounds, or not one of its choices.",
  remedy: "Choose a value within the bounds named.",
  message: (facts: {
    readonly param: string;
    readonly expected: string;
    readonly seen: string;
    readonly near?: string | undefined;
  }) => `The param ${quote(facts.param)}: expected ${facts.expected}, seen ${facts.seen}.`,
  fix: (facts) => suggest(facts.near, []),
});

/** `each` on a stage that cannot map. */
export const eachNotHere = defineDiagnostic({
  code: "each-not-here",
  severity: "error",
  title: "Each on a stage that doesn't compute",
  cause:
    "Only learned and algorithm stages can map over a sequence; a field or an answer passes it on as it is.",
  remedy: "Remove each from this stage.",
  message: (facts: { readonly kind: string }) =>
    `A stage of the kind ${quote(facts.kind)} cannot map with each.`,
});

/** A param names a field that the problem doesn't have. */
export const unknownField = defineDiagnostic({
  code: "unknown-field",
  severity: "error",
  title: "No such field",
  cause: "The problem has no field of this name.",
  remedy: "Correct the field's name, or choose the problem that has it.",
  message: (facts: {
    readonly field: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `The problem has no field ${quote(facts.field)}.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A field stage that reads a label. */
export const fieldNotInput = defineDiagnostic({
  code: "field-not-input",
  severity: "error",
  title: "A label used as an input",
  cause:
    "A pipeline may only read the problem's input fields: the others are not known when it is used on new records.",
  remedy: "Read an input field, or predict this field with a learned stage that names it as its label.",
  message: (facts: { readonly field: string; readonly inputs: readonly string[] }) =>
    `The field ${quote(facts.field)} is a label, not an input; inputs are ${listNames(facts.inputs)}.`,
});

/** An answer for a field that is not a target. */
export const fieldNotTarget = defineDiagnostic({
  code: "field-not-target",
  severity: "error",
  title: "An answer to what is not asked",
  cause: "An answer stage names one of the problem's target fields.",
  remedy: "Name a target field, or supervise an intermediate field with a learned stage's label.",
  message: (facts: { readonly field: string; readonly targets: readonly string[] }) =>
    `The field ${quote(facts.field)} is not a target; targets are ${listNames(facts.targets)}.`,
});

/** A `label` that names a field of a type that this stage cannot use. */
export const labelWrongType = defineDiagnostic({
  code: "label-wrong-type",
  severity: "error",
  title: "Label field of the wrong type",
  cause: "The stage's label names a field whose type it cannot give.",
  remedy: "Name a field of a type that fits.",
  message: (facts: { readonly field: string; readonly expected: string; readonly seen: string }) =>
    `The label ${quote(facts.field)}: expected ${facts.expected}, seen ${facts.seen}.`,
});

/** An input or head named twice in one stage. */
export const nameTwice = defineDiagnostic({
  code: "name-twice",
  severity: "error",
  title: "Name used twice",
  cause: "Two ports of one stage have the same name, so that a link could not tell them apart.",
  remedy: "Rename one of the two.",
  message: (facts: { readonly param: string; readonly name: string }) =>
    `The name ${quote(facts.name)} stands twice in ${quote(facts.param)}.`,
});

const position = (at: number): string => `at character ${at + 1}`;

/** A formula that cannot be read. `at` is the 0-based character. */
export const formulaSyntax = defineDiagnostic({
  code: "formula-syntax",
  severity: "error",
  title: "Formula cannot be read",
  cause: "The formula's text doesn't follow the expression language.",
  remedy: "Correct the formula at the character named.",
  message: (facts: { readonly at: number; readonly problem: string; readonly hint?: string | undefined }) =>
    `The formula ${position(facts.at)}: ${facts.problem}.`,
  fix: (facts) => facts.hint,
});

/** A formula that uses a value of the wrong type. */
export const formulaType = defineDiagnostic({
  code: "formula-type",
  severity: "error",
  title: "Formula uses a value of the wrong type",
  cause: "An operator or function of the formula gets a value of a type that it cannot take.",
  remedy: "Change the formula, or link a value of the expected type.",
  message: (facts: { readonly at: number; readonly expected: string; readonly seen: string }) =>
    `The formula ${position(facts.at)}: expected ${facts.expected}, seen ${facts.seen}.`,
});

/** A formula without any name: it would be the same for every record. */
export const formulaConstant = defineDiagnostic({
  code: "formula-constant",
  severity: "error",
  title: "Formula without inputs",
  cause:
    "A formula's input ports are the names that it uses. This one uses none, so that no value can be linked to it.",
  remedy: "Use at least one name in the formula.",
  message: (facts: { readonly expression: string }) =>
    `The formula ${quote(facts.expression)} uses no input.`,
});

/** A mask that cannot be read. */
export const maskSyntax = defineDiagnostic({
  code: "mask-syntax",
  severity: "error",
  title: "Mask cannot be read",
  cause: "The mask's text doesn't follow the expression language.",
  remedy: "Correct the mask at the character named.",
  message: (facts: { readonly at: number; readonly problem: string; readonly hint?: string | undefined }) =>
    `The mask ${position(facts.at)}: ${facts.problem}.`,
  fix: (facts) => facts.hint,
});

/** A mask over a field that the problem doesn't have. */
export const maskUnknownField = defineDiagnostic({
  code: "mask-unknown-field",
  severity: "error",
  title: "Mask over an unknown field",
  cause: "A mask is computed from the record's fields. The problem has no field of this name.",
  remedy: "Correct the field's name in the mask.",
  message: (facts: {
    readonly at: number;
    readonly field: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `The mask ${position(facts.at)}: the problem has no field ${quote(facts.field)}.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A mask that isn't true or false, or uses a value of the wrong type. */
export const maskType = defineDiagnostic({
  code: "mask-type",
  severity: "error",
  title: "Mask uses a value of the wrong type",
  cause: "A mask must be true or false, and its operators take values of certain types.",
  remedy: 'Compare the value with something, for example "exists == 1", or ask present(field).',
  message: (facts: { readonly at: number; readonly expected: string; readonly seen: string }) =>
    `The mask ${position(facts.at)}: expected ${facts.expected}, seen ${facts.seen}.`,
});

/** A lookup table with a key that can never come. */
export const lookupKeyUnknown = defineDiagnostic({
  code: "lookup-key-unknown",
  severity: "error",
  title: "Lookup of a key that never comes",
  cause: "The table has a key that is no class of the label that is looked up.",
  remedy: "Correct the key, or remove it from the table.",
  message: (facts: {
    readonly key: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `The key ${quote(facts.key)} is no class of the input.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A lookup table without an entry for some class. */
export const lookupIncomplete = defineDiagnostic({
  code: "lookup-incomplete",
  severity: "warning",
  title: "Lookup table with gaps",
  cause: "Some classes of the input have no entry in the table; for them the output is missing.",
  remedy: "Add entries for the classes named.",
  message: (facts: { readonly missing: readonly string[] }) =>
    `The table has no entry for ${listNames(facts.missing)}; the output is missing there.`,
});

/** A table or formula outcome that is no class of the label it gives. */
export const outcomeNotAClass = defineDiagnostic({
  code: "outcome-not-a-class",
  severity: "error",
  title: "Outcome is no class of the label",
  cause: "The stage gives a label, and one of its outcomes is none of the label's classes.",
  remedy: "Correct the outcome, or name another label field.",
  message: (facts: {
    readonly outcome: string;
    readonly field: string;
    readonly near?: string | undefined;
  }) => `${quote(facts.outcome)} is no class of ${quote(facts.field)}.`,
  fix: (facts) => suggest(facts.near, []),
});

/** Outcomes of which some are numbers and some are texts. */
export const outcomesMixed = defineDiagnostic({
  code: "outcomes-mixed",
  severity: "error",
  title: "Numbers and texts mixed",
  cause: "All values that a stage gives must be numbers, or all must be texts.",
  remedy: "Write all outcomes as numbers, or all as texts in quotes.",
  message: (facts: { readonly where: string }) => `${facts.where} mixes numbers and texts.`,
});

/** An image that the grid doesn't divide. */
export const gridDoesNotDivide = defineDiagnostic({
  code: "grid-does-not-divide",
  severity: "error",
  title: "Grid doesn't divide the image",
  cause:
    "The grid cuts an image into equal tiles, so its rows and columns must divide the image's height and width.",
  remedy: "Choose rows and columns that divide the image's size.",
  message: (facts: { readonly rows: number; readonly columns: number; readonly seen: string }) =>
    `A grid of ${countOf(facts.rows, "row")} and ${countOf(facts.columns, "column")} doesn't divide ${facts.seen}.`,
});
