import { defineDiagnostic } from "../define";
import { countOf, quote, suggest } from "../words";

/** The text is over the size limit; it was not read. */
export const documentTooLarge = defineDiagnostic({
  code: "document-too-large",
  severity: "error",
  title: "Document too large",
  cause:
    "A document of this kind is a few kilobytes of JSON. One above the limit is refused before it is read.",
  remedy: "Check that this is the right file; data belongs in the problem folder, not in the document.",
  message: (facts: { readonly bytes: number; readonly limit: number }) =>
    `Expected at most ${countOf(facts.limit, "byte")}, seen ${countOf(facts.bytes, "byte")}.`,
});

/** The text is not JSON. */
export const documentNotJson = defineDiagnostic({
  code: "document-not-json",
  severity: "error",
  title: "Not JSON",
  cause: "The text cannot be read as JSON. Comments, trailing commas and single quotes are not JSON.",
  remedy: "Correct the text at the place named.",
  message: (facts: { readonly problem: string }) => `This is not JSON: ${facts.problem}`,
});

/** Lists and objects stand too deep inside each other. */
export const documentTooDeep = defineDiagnostic({
  code: "document-too-deep",
  severity: "error",
  title: "Nested too deep",
  cause: "Lists and objects stand inside each other more levels deep than any document needs.",
  remedy: "Flatten the document.",
  message: (facts: { readonly limit: number }) =>
    `Expected at most ${facts.limit} levels of nesting, seen more.`,
});

/** More values than any document needs. */
export const documentTooFull = defineDiagnostic({
  code: "document-too-full",
  severity: "error",
  title: "Too many values",
  cause: "The document holds more numbers, texts, lists and objects than any document of this kind needs.",
  remedy: "Check that this is the right file; data belongs in the problem folder, not in the document.",
  message: (facts: { readonly limit: number }) =>
    `Expected at most ${countOf(facts.limit, "value")}, seen more.`,
});

/** A text value or key is over the length limit. */
export const textTooLong = defineDiagnostic({
  code: "text-too-long",
  severity: "error",
  title: "Text too long",
  cause: "A single text in the document is longer than the limit.",
  remedy: "Shorten the text.",
  message: (facts: { readonly length: number; readonly limit: number }) =>
    `Expected at most ${countOf(facts.limit, "character")}, seen ${countOf(facts.length, "character")}.`,
});

/** One object has the same key twice. */
export const duplicateKey = defineDiagnostic({
  code: "duplicate-key",
  severity: "error",
  title: "Key written twice",
  cause:
    "An object has the same key twice. JSON readers keep the last one silently, so one of the two would be lost.",
  remedy: "Rename or remove one of the two.",
  message: (facts: { readonly key: string; readonly firstLine: number }) =>
    `The key ${quote(facts.key)} was already written in line ${facts.firstLine}.`,
});

/** A key that could reach into JavaScript's own objects. */
export const forbiddenKey = defineDiagnostic({
  code: "forbidden-key",
  severity: "error",
  title: "Forbidden key",
  cause:
    "The keys __proto__, constructor and prototype mean something to JavaScript itself and are never accepted.",
  remedy: "Choose another name.",
  message: (facts: { readonly key: string }) => `The key ${quote(facts.key)} is not allowed in any document.`,
});

/** A number that is too large to be one, for example 1e999. */
export const numberNotFinite = defineDiagnostic({
  code: "number-not-finite",
  severity: "error",
  title: "Number too large",
  cause: "A number like 1e999 is larger than any that can be computed with, and would become infinite.",
  remedy: "Write a number below 1e308.",
  message: (facts: { readonly text: string }) => `${quote(facts.text)} is too large to be a number here.`,
});

/** The document was written by a later Seams. */
export const newerFormat = defineDiagnostic({
  code: "newer-format",
  severity: "error",
  title: "Written by a newer Seams",
  cause:
    "The document's format is newer than this program knows. Reading on could silently drop what it doesn't know.",
  remedy: "Update Seams to open this document.",
  message: (facts: { readonly seen: number; readonly known: number }) =>
    `Expected format ${facts.known} or older, seen format ${facts.seen}.`,
});

/** The document doesn't say its format, or says something that never was one. */
export const unknownFormat = defineDiagnostic({
  code: "unknown-format",
  severity: "error",
  title: "No known format",
  cause: "Every document says which format it is written in, so that later programs can still read it.",
  remedy: 'Start the document with "format": 1.',
  message: (facts: { readonly seen: string }) =>
    `Expected "format" to be a whole number from 1, seen ${facts.seen}.`,
});

/** A key that the format doesn't know. */
export const unknownKey = defineDiagnostic({
  code: "unknown-key",
  severity: "error",
  title: "Unknown key",
  cause:
    "The format has no such key here. It may be misspelt, or belong elsewhere; it is never ignored silently.",
  remedy: "Remove the key, or correct its spelling.",
  message: (facts: {
    readonly key: string;
    readonly near?: string | undefined;
    readonly known: readonly string[];
  }) => `The key ${quote(facts.key)} is not known here.`,
  fix: (facts) => suggest(facts.near, facts.known),
});

/** A key that must be there is not. */
export const missingKey = defineDiagnostic({
  code: "missing-key",
  severity: "error",
  title: "Missing key",
  cause: "The format needs this key here.",
  remedy: "Add the key.",
  message: (facts: { readonly key: string }) => `The key ${quote(facts.key)} is missing here.`,
  fix: (facts) => `Add ${quote(facts.key)}.`,
});

/** A value of another type than the format says. */
export const wrongType = defineDiagnostic({
  code: "wrong-type",
  severity: "error",
  title: "Value of the wrong type",
  cause: "The value is of another type than the format asks for, for example a text where a number must be.",
  remedy: "Write a value of the expected type.",
  message: (facts: { readonly expected: string; readonly seen: string }) =>
    `Expected ${facts.expected}, seen ${facts.seen}.`,
});

/** A value of the right type that is outside its bounds or choices. */
export const badValue = defineDiagnostic({
  code: "bad-value",
  severity: "error",
  title: "Value not allowed",
  cause: "The value is of the right type, but outside its bounds or not one of the choices.",
  remedy: "Choose a value within the bounds named.",
  message: (facts: {
    readonly expected: string;
    readonly seen: string;
    readonly near?: string | undefined;
  }) => `Expected ${facts.expected}, seen ${facts.seen}.`,
  fix: (facts) => suggest(facts.near, []),
});

/** A name that is not letters, digits, `_` and `-`. */
export const badName = defineDiagnostic({
  code: "bad-name",
  severity: "error",
  title: "Not a name",
  cause:
    "Names of stages, ports and fields start with a letter; letters, digits, _ and - follow, 64 characters at most.",
  remedy: "Rename it: a letter first, then letters, digits, _ or -.",
  message: (facts: { readonly name: string }) => `${quote(facts.name)} cannot be a name.`,
});
