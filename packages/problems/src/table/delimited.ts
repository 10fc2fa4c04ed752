import { diagnose, type Diagnostic, type Place } from "@seams/core";
import Papa from "papaparse";
import { decodeText, type ReadTable, type TableColumn } from "./table";

/** Reads a CSV or TSV file: a header of column names, then a record a line. Quotes, CRLF and a byte order mark are understood. */
export function readDelimited(file: string, bytes: Uint8Array): ReadTable {
  const place: Place = { at: "cell", file };
  const text = decodeText(bytes);
  if (text === undefined) {
    const problem = "it is not UTF-8; save it as UTF-8";
    return {
      table: undefined,
      diagnostics: [diagnose.data.fileUnreadable({ place, expected: "a table", problem })],
    };
  }
  const parsed = Papa.parse<string[]>(text, { delimiter: delimiterOf(file, text), skipEmptyLines: false });
  const lines = withoutLastEmpty(parsed.data);
  const header = lines[0];
  if (header === undefined || lines.length < 2) {
    return { table: undefined, diagnostics: [diagnose.data.noRecords({ place })] };
  }
  const diagnostics: Diagnostic[] = parsed.errors
    .filter(({ type }) => type === "Quotes")
    .map(({ row, message }) =>
      diagnose.data.fileUnreadable({
        place: { at: "cell", file, ...(row === undefined ? {} : { row }) },
        expected: "quotes that end",
        problem: message.toLowerCase(),
      }),
    );
  const names = header.map((name) => name.trim());
  for (const column of new Set(names.filter((name, k) => name !== "" && names.indexOf(name) !== k))) {
    diagnostics.push(
      diagnose.imports.columnTwice({ place: { at: "cell", file, row: 0, column }, column, where: file }),
    );
  }
  const records = lines.slice(1);
  records.forEach((cells, index) => {
    if (cells.length === names.length) return;
    const at = { at: "cell", file, row: index + 1 } as const;
    diagnostics.push(diagnose.data.rowWrongLength({ place: at, expected: names.length, seen: cells.length }));
  });
  const columns = names.flatMap((name, k): TableColumn[] => {
    const cells = records.map((record) => record[k]);
    // Spreadsheets and data frames write a column without a name for row numbers, or nothing at all.
    return name === "" ? [] : [{ name, cells }];
  });
  return { table: { file, rows: records.length, columns, texts: true }, diagnostics };
}

/** A tab in .tsv; in .csv whichever of `,` `;` and tab the header has most of. */
function delimiterOf(file: string, text: string): string {
  if (/\.tsv$/i.test(file)) return "\t";
  const header = /^[^\r\n]*/.exec(text)?.[0] ?? "";
  const counts = [",", ";", "\t"].map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.reduce((most, next) => (next.count > most.count ? next : most)).mark;
}

/** Empty lines at the end are no records. */
function withoutLastEmpty(lines: readonly string[][]): readonly string[][] {
  let end = lines.length;
  while (
    end > 0 &&
    lines[end - 1]?.every((cell) => cell.trim() === "") === true &&
    lines[end - 1]?.length === 1
  )
    end--;
  return lines.slice(0, end);
}
