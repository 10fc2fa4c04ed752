import { defineDiagnostic } from "../define";
import { countOf, listNames, quote, suggest } from "../words";

/** A file that the folder should have. */
export const fileMissing = defineDiagnostic({
  code: "file-missing",
  severity: "error",
  title: "File missing",
  cause: "The folder names or needs a file that isn't there.",
  remedy: "Add the file, or correct the path that names it.",
  message: (facts: { readonly file: string }) => `The file ${quote(facts.file)} isn't there.`,
});

/** A file that cannot be read as what it should be. */
export const fileUnreadable = defineDiagnostic({
  code: "file-unreadable",
  severity: "error",
  title: "File cannot be read",
  cause: "The file is damaged, or is not of the format that its name says.",
  remedy: "Write the file again in the expected format.",
  message: (facts: { readonly expected: string; readonly problem: string }) =>
    `Expected ${facts.expected}: ${facts.problem}.`,
});

/** A file or archive over a limit. */
export const fileTooLarge = defineDiagnostic({
  code: "file-too-large",
  severity: "error",
  title: "Over a size limit",
  cause: "The file, archive, image or recording is larger than can be imported.",
  remedy: "Import a part of it, or make it smaller first.",
  message: (facts: { readonly what: string; readonly seen: string; readonly limit: string }) =>
    `${facts.what}: expected at most ${facts.limit}, seen ${facts.seen}.`,
});

/** A path that leaves its folder. */
export const pathUnsafe = defineDiagnostic({
  code: "path-unsafe",
  severity: "error",
  title: "Path leaves the folder",
  cause:
    "Paths in a table or archive must stay inside the folder; no .., no drive, no leading slash, no links.",
  remedy: "Write the path relative to the folder, without ...",
  message: (facts: { readonly path: string }) => `The path ${quote(facts.path)} leads out of the folder.`,
});

/** No table and no arrays. */
export const noRecords = defineDiagnostic({
  code: "no-records",
  severity: "error",
  title: "No records",
  cause: "The source has no records: no table, no arrays, or only a header.",
  remedy: "Add records.jsonl, records.csv or records.parquet, or arrays/<field>.npy.",
  message: () => "The folder has no records.",
});

/** A field without a column or array. */
export const columnMissing = defineDiagnostic({
  code: "column-missing",
  severity: "error",
  title: "Column missing",
  cause: "A field or split column that the problem describes is in no table and no array.",
  remedy: "Add the column, or remove the field from problem.json.",
  message: (facts: { readonly column: string; readonly near?: string | undefined }) =>
    `There is no column ${quote(facts.column)}.`,
  fix: (facts) => suggest(facts.near, []),
});

/** A column that belongs to no field. */
export const columnIgnored = defineDiagnostic({
  code: "column-ignored",
  severity: "warning",
  title: "Column not used",
  cause: "The table has a column that is no field of the problem; it is left out.",
  remedy: "Describe the column under fields in problem.json, or remove it.",
  message: (facts: { readonly column: string }) =>
    `The column ${quote(facts.column)} is no field and is left out.`,
});

/** A row with more or fewer cells than the header. */
export const rowWrongLength = defineDiagnostic({
  code: "row-wrong-length",
  severity: "error",
  title: "Row of the wrong length",
  cause: "A row has another number of cells than the header; often a quote or separator inside a value.",
  remedy: "Quote values that contain the separator, a quote or a line break.",
  message: (facts: { readonly expected: number; readonly seen: number }) =>
    `Expected ${countOf(facts.expected, "cell")}, seen ${facts.seen}.`,
});

/** A row that is not a JSON object. */
export const rowNotAnObject = defineDiagnostic({
  code: "row-not-an-object",
  severity: "error",
  title: "Row is not a record",
  cause: "Every line of a JSONL file is one JSON object, by field name.",
  remedy: "Write one object a line.",
  message: (facts: { readonly problem: string }) => `Expected one JSON object a line: ${facts.problem}.`,
});

/** A cell of the wrong type, for example text where a number must be. */
export const cellWrongType = defineDiagnostic({
  code: "cell-wrong-type",
  severity: "error",
  title: "Cell of the wrong type",
  cause: "The value in a cell is not of its field's type.",
  remedy: "Correct the value, or leave the cell empty where it is missing.",
  message: (facts: { readonly expected: string; readonly seen: string }) =>
    `Expected ${facts.expected}, seen ${facts.seen}.`,
});

/** A label that is none of its field's classes. */
export const cellNotAClass = defineDiagnostic({
  code: "cell-not-a-class",
  severity: "error",
  title: "Label is no class",
  cause: "The value is none of the classes that problem.json lists for the field.",
  remedy: "Correct the value, or add the class to problem.json.",
  message: (facts: {
    readonly seen: string;
    readonly near?: string | undefined;
    readonly classes: readonly string[];
  }) => `${quote(facts.seen)} is no class of this field.`,
  fix: (facts) => suggest(facts.near, facts.classes),
});

/** A list, image, recording or array of another size than its field's type. */
export const cellWrongSize = defineDiagnostic({
  code: "cell-wrong-size",
  severity: "error",
  title: "Value of the wrong size",
  cause: "The value's size is another than the field's type says.",
  remedy: "Resize the value, or correct the type in problem.json.",
  message: (facts: { readonly expected: string; readonly seen: string }) =>
    `Expected ${facts.expected}, seen ${facts.seen}.`,
});

/** A number outside its field's bounds. */
export const cellOutOfRange = defineDiagnostic({
  code: "cell-out-of-range",
  severity: "error",
  title: "Value out of range",
  cause: "The value is outside what its field's type allows, for example a box that leaves the frame.",
  remedy: "Correct the value, or the bounds in problem.json.",
  message: (facts: { readonly expected: string; readonly seen: string }) =>
    `Expected ${facts.expected}, seen ${facts.seen}.`,
});

/** A letter that the alphabet doesn't have. */
export const letterUnknown = defineDiagnostic({
  code: "letter-unknown",
  severity: "error",
  title: "Letter not in the alphabet",
  cause: "The text has a letter that the field's alphabet doesn't list.",
  remedy: "Add the letter to the alphabet in problem.json, or clean the text.",
  message: (facts: { readonly letter: string }) => `${quote(facts.letter)} is not in the field's alphabet.`,
});

/** An array with another number of records or another shape. */
export const arrayWrongShape = defineDiagnostic({
  code: "array-wrong-shape",
  severity: "error",
  title: "Array of the wrong shape",
  cause: "An array's first axis is the record, and the others follow from the field's type.",
  remedy: "Write the array in the expected shape.",
  message: (facts: { readonly expected: readonly (number | string)[]; readonly seen: readonly number[] }) =>
    `Expected the shape [${facts.expected.join(", ")}], seen [${facts.seen.join(", ")}].`,
});

/** Too many errors in one file; the rest is counted, not listed. */
export const moreErrors = defineDiagnostic({
  code: "more-errors",
  severity: "error",
  title: "More errors of this kind",
  cause: "Many cells have the same kind of error; only the first ones are listed.",
  remedy: "Correct the first ones; they probably have one cause.",
  message: (facts: { readonly count: number; readonly code: string }) =>
    `${countOf(facts.count, "more error")} like ${quote(facts.code)} in this file.`,
});

/** A split cell that is none of the three words. */
export const splitUnknown = defineDiagnostic({
  code: "split-unknown",
  severity: "error",
  title: "Not a part of the split",
  cause: "The split column says for every record: train, validation or test.",
  remedy: "Write train, validation or test.",
  message: (facts: { readonly seen: string }) =>
    `Expected train, validation or test, seen ${quote(facts.seen)}.`,
});

/** A part of the split that has no records. */
export const splitEmpty = defineDiagnostic({
  code: "split-empty",
  severity: "error",
  title: "No records in a part of the split",
  cause: "Without training records nothing can be learned, and without test records nothing can be measured.",
  remedy: "Assign records to this part.",
  message: (facts: { readonly part: string }) => `The ${facts.part} part has no records.`,
});

/** A group on both sides of the split. */
export const groupLeaks = defineDiagnostic({
  code: "group-leaks",
  severity: "error",
  title: "A group is on both sides of the split",
  cause:
    "Records of one speaker, patient or route stand in training and in test, so that the score would be too good.",
  remedy: "Assign all records of a group to one part.",
  message: (facts: { readonly group: string; readonly parts: readonly string[] }) =>
    `The group ${quote(facts.group)} has records in ${listNames(facts.parts)}.`,
});

/** A field of which no record has a value. */
export const fieldAllMissing = defineDiagnostic({
  code: "field-all-missing",
  severity: "warning",
  title: "Field without values",
  cause: "No record has a value of this field, so that nothing can be learned or measured on it.",
  remedy: "Fill in some values, or remove the field.",
  message: (facts: { readonly field: string }) => `All records lack the field ${quote(facts.field)}.`,
});

/** A source that is nothing that can be imported. */
export const sourceUnknown = defineDiagnostic({
  code: "source-unknown",
  severity: "error",
  title: "Not a source that can be imported",
  cause:
    "Tables (CSV, TSV, JSONL, Parquet), folders or zips of PNG, JPEG or WAV files, .npz and IDX files can be imported.",
  remedy: "Convert the source to one of these.",
  message: (facts: { readonly seen: string }) =>
    `${quote(facts.seen)} is none of the formats that can be imported.`,
});
