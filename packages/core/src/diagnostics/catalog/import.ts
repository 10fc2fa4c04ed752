import { defineDiagnostic } from "../define";
import { countOf, listNames, quote } from "../words";

/** Two columns of one name. */
export const columnTwice = defineDiagnostic({
  code: "column-twice",
  severity: "error",
  title: "Column named twice",
  cause:
    "Two columns of the table, or a column and an array, have the same name: it isn't clear which one counts.",
  remedy: "Rename or remove one of them.",
  message: (facts: { readonly column: string; readonly where: string }) =>
    `The column ${quote(facts.column)} is there twice: ${facts.where}.`,
});

/** More than one table in a problem folder. */
export const tableTwice = defineDiagnostic({
  code: "table-twice",
  severity: "error",
  title: "More than one table",
  cause: "A problem folder has one table: records.jsonl, records.csv, records.tsv or records.parquet.",
  remedy: "Keep one of them.",
  message: (facts: { readonly files: readonly string[] }) =>
    `There is more than one table: ${listNames(facts.files)}.`,
});

/** An infinite number, or one that is missing inside a value that cannot be missing in part. */
export const valueNotFinite = defineDiagnostic({
  code: "value-not-finite",
  severity: "error",
  title: "Number is infinite or missing inside a value",
  cause:
    "NaN means that the whole value is missing. A value with some NaN, or with an infinite number, has no meaning.",
  remedy: "Correct the numbers, or make the whole value missing.",
  message: (facts: { readonly seen: string }) => `Expected finite numbers, seen ${facts.seen}.`,
});

/** The same inputs in two parts of the split. */
export const duplicatesAcrossSplit = defineDiagnostic({
  code: "duplicates-across-split",
  severity: "warning",
  title: "Equal records on both sides of the split",
  cause:
    "Records with exactly the same inputs stand in training and in test, so that the score may be too good.",
  remedy: "Remove the copies, or assign them to one part.",
  message: (facts: { readonly count: number; readonly parts: readonly string[] }) =>
    `${countOf(facts.count, "record")} with the same inputs ${facts.count === 1 ? "is" : "are"} in more than one of ${listNames(facts.parts)}.`,
});

/** Images of several sizes. */
export const sizesDiffer = defineDiagnostic({
  code: "sizes-differ",
  severity: "error",
  title: "Images of different sizes",
  cause: "All images of a field have one size. Nothing is resized without being asked for.",
  remedy: "Say a size to resize them to, or import only images of one size.",
  message: (facts: { readonly sizes: readonly { readonly size: string; readonly count: number }[] }) =>
    `The images have ${countOf(facts.sizes.length, "size")}: ${facts.sizes
      .slice(0, 6)
      .map(({ size, count }) => `${count} of ${size}`)
      .join(", ")}${facts.sizes.length > 6 ? ", …" : ""}.`,
});

/** Recordings of several lengths were made equally long. */
export const lengthsEvened = defineDiagnostic({
  code: "lengths-evened",
  severity: "warning",
  title: "Recordings made equally long",
  cause:
    "All signals of a field have one length. Shorter ones are followed by silence, longer ones are cut at the end.",
  remedy: "State another length on import if this one cuts too much.",
  message: (facts: { readonly samples: number; readonly padded: number; readonly cut: number }) =>
    `Of the recordings, ${facts.padded} were padded with silence and ${facts.cut} cut, to ${countOf(facts.samples, "sample")}.`,
});

/** Recordings of several sample rates. */
export const ratesDiffer = defineDiagnostic({
  code: "rates-differ",
  severity: "error",
  title: "Recordings of different sample rates",
  cause: "All signals of a field have one sample rate. Nothing is resampled.",
  remedy: "Convert the recordings to one sample rate first.",
  message: (facts: { readonly rates: readonly number[] }) =>
    `The recordings have several sample rates: ${facts.rates.map((rate) => `${rate} Hz`).join(", ")}.`,
});

/** An archive that is made to harm, or that looks so. */
export const archiveRefused = defineDiagnostic({
  code: "archive-refused",
  severity: "error",
  title: "Archive refused",
  cause:
    "The archive is damaged or encrypted, holds another archive or a link, or says one size and has another.",
  remedy: "Pack the files again, plainly, with relative names and without archives inside.",
  message: (facts: { readonly problem: string }) => `The archive cannot be imported: ${facts.problem}.`,
});

/** A file name that the pattern does not fit. */
export const nameNotMatched = defineDiagnostic({
  code: "name-not-matched",
  severity: "error",
  title: "File name does not fit the pattern",
  cause:
    "The names of the files say their labels by a pattern such as {label}_{group}_{n}.wav, and this name doesn't fit it.",
  remedy: "Rename the file, or state another pattern.",
  message: (facts: { readonly name: string; readonly pattern: string }) =>
    `The name ${quote(facts.name)} does not fit the pattern ${quote(facts.pattern)}.`,
});

/** A file of an archive or folder that was not used. */
export const filesIgnored = defineDiagnostic({
  code: "files-ignored",
  severity: "warning",
  title: "Files not used",
  cause: "The source has files that are none of the kinds that can be imported from it.",
  remedy: "Remove them, or convert them first, if they were meant to be imported.",
  message: (facts: { readonly count: number; readonly examples: readonly string[] }) =>
    `${countOf(facts.count, "file")} ${facts.count === 1 ? "was" : "were"} left out: ${listNames(facts.examples)}.`,
});

/** No column that could be the target. */
export const noTargetFound = defineDiagnostic({
  code: "no-target-found",
  severity: "error",
  title: "Nothing to predict",
  cause: "A problem needs a target: a column or name that says the answer. None was found by itself.",
  remedy:
    "Say which field is the target; for files, sort them into folders by class, or state a pattern for their names.",
  message: (facts: { readonly seen: readonly string[] }) =>
    facts.seen.length === 0
      ? "No field can be the target."
      : `None of ${listNames(facts.seen)} can be the target.`,
});
