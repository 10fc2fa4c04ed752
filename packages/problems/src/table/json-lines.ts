import { describeValue, diagnose, type Diagnostic, readJson } from "@seams/core";
import { decodeText, type ReadTable } from "./table";

/** One record's text may be this large: long signals stand in it as lists. */
const LINE_LIMITS = { bytes: 2 ** 24, depth: 16, values: 2_000_000, text: 2 ** 20 };

/** Texts, and the words for numbers that JSON lacks but Python's json module writes. */
const TEXT_OR_WORD = /"(?:[^"\\]|\\.)*"|\bNaN\b/g;

/** Reads a JSONL file: one object a line, by field name. A bare NaN is a missing value. */
export function readJsonLines(file: string, bytes: Uint8Array): ReadTable {
  const text = decodeText(bytes);
  const diagnostics: Diagnostic[] = [];
  const bad = (row: number, problem: string): void => {
    diagnostics.push(diagnose.data.rowNotAnObject({ place: { at: "cell", file, row }, problem }));
  };
  if (text === undefined) {
    const problem = "it is not UTF-8; save it as UTF-8";
    const found = diagnose.data.fileUnreadable({ place: { at: "cell", file }, expected: "a table", problem });
    return { table: undefined, diagnostics: [found] };
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const cells = new Map<string, unknown[]>();
  lines.forEach((line, index) => {
    const read = readJson(line, LINE_LIMITS);
    const mended =
      read.value === undefined && line.includes("NaN") ? readJson(withoutNaN(line), LINE_LIMITS) : read;
    const { value } = mended;
    const problem = mended.diagnostics[0]?.message;
    if (problem !== undefined) bad(index + 1, problem.replace(/\.$/, ""));
    else if (value === null || typeof value !== "object" || Array.isArray(value)) {
      bad(index + 1, `seen ${describeValue(value)}`);
    } else {
      for (const [name, cell] of Object.entries(value)) {
        const column = cells.get(name) ?? new Array<unknown>(lines.length).fill(undefined);
        cells.set(name, column);
        column[index] = cell;
      }
    }
  });
  if (lines.length === 0)
    return { table: undefined, diagnostics: [diagnose.data.noRecords({ place: { at: "cell", file } })] };
  const columns = [...cells].map(([name, column]) => ({ name, cells: column }));
  return { table: { file, rows: lines.length, columns, texts: false }, diagnostics };
}

const withoutNaN = (line: string): string =>
  line.replace(TEXT_OR_WORD, (found) => (found === "NaN" ? "null" : found));
