import { defineDiagnostic } from "../define";
import { listNames, quote } from "../words";

/** A value of a type that the port cannot take. */
export const typeMismatch = defineDiagnostic({
  code: "type-mismatch",
  severity: "error",
  title: "Types don't fit",
  cause: "The value that is linked is of another type than the port takes.",
  remedy: "Link another value, or put a stage between that makes one into the other.",
  message: (facts: {
    readonly expected: string;
    readonly seen: string;
    readonly reason?: string | undefined;
  }) =>
    `Expected ${facts.expected}, seen ${facts.seen}${facts.reason === undefined ? "" : `: ${facts.reason}`}.`,
});

/** The same type, of another size. */
export const sizeMismatch = defineDiagnostic({
  code: "size-mismatch",
  severity: "error",
  title: "Sizes don't fit",
  cause: "The value is of the right type, but its size is another than the port takes.",
  remedy: "Change the size where it is chosen, or link another value.",
  message: (facts: { readonly expected: string; readonly seen: string }) =>
    `Expected ${facts.expected}, seen ${facts.seen}.`,
});

/** Labels with classes that the other side doesn't have. */
export const classesDiffer = defineDiagnostic({
  code: "classes-differ",
  severity: "error",
  title: "Classes differ",
  cause: "The value is a label with classes that the other side doesn't know.",
  remedy: "Use a label field with the same classes, or a lookup stage from one to the other.",
  message: (facts: {
    readonly unknown: readonly string[];
    readonly expected: string;
    readonly seen: string;
  }) =>
    `Expected ${facts.expected}, seen ${facts.seen}: the classes ${listNames(facts.unknown)} are not among the expected.`,
});

/** `each` on a stage whose input is not a sequence. */
export const eachNeedsSequence = defineDiagnostic({
  code: "each-needs-sequence",
  severity: "error",
  title: "Each without a sequence",
  cause: "A stage with each maps over the elements of a sequence. None of its inputs is one.",
  remedy: "Switch each off, or link a sequence.",
  message: (facts: { readonly stage: string; readonly port: string; readonly seen: string }) =>
    `The stage ${quote(facts.stage)} maps over each element, but its input ${quote(facts.port)} is ${facts.seen}.`,
});

/** A sequence into a stage that takes one value. */
export const sequenceNeedsEach = defineDiagnostic({
  code: "sequence-needs-each",
  severity: "error",
  title: "A sequence where one value is needed",
  cause: "The port takes one value, and a sequence of them is linked.",
  remedy: 'Set "each": true to map the stage over the sequence.',
  message: (facts: { readonly stage: string; readonly port: string; readonly seen: string }) =>
    `The input ${quote(facts.port)} of ${quote(facts.stage)} takes one value, seen ${facts.seen}.`,
});

/** Two sequences of different lengths into one mapped stage. */
export const lengthsDiffer = defineDiagnostic({
  code: "lengths-differ",
  severity: "error",
  title: "Sequences of different lengths",
  cause:
    "A stage with each takes the elements of its sequences pairwise, so they must have the same maximum length.",
  remedy: "Give the sequences the same maxLength.",
  message: (facts: { readonly stage: string; readonly seen: readonly string[] }) =>
    `The stage ${quote(facts.stage)} maps over sequences of different lengths: ${facts.seen.join(", ")}.`,
});

/** A value that no network can take. */
export const inputNotEncodable = defineDiagnostic({
  code: "input-not-encodable",
  severity: "error",
  title: "A network cannot take this value",
  cause:
    "A learned stage turns its inputs into numbers by their type. This kind of stage has no way to do so here.",
  remedy: "Choose a stage kind that takes this type, or link another value.",
  message: (facts: {
    readonly stage: string;
    readonly port: string;
    readonly seen: string;
    readonly accepts: string;
  }) => `The input ${quote(facts.port)} of ${quote(facts.stage)} takes ${facts.accepts}, seen ${facts.seen}.`,
});
