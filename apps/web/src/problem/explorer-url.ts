import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../trpc";

/** Records on one page: what the API gives at once. */
export const PAGE_SIZE = 60;

export const SPLITS = ["train", "validation", "test"] as const;

/** What the data explorer keeps in the URL: every view of the data is a link. */
export const explorerParsers = {
  page: parseAsInteger.withDefault(1),
  split: parseAsStringLiteral(SPLITS),
  /** A field that the records lack. */
  missing: parseAsString,
  /** A label field, and the value that the records have there. */
  field: parseAsString,
  value: parseAsString,
  /** Place of the opened record on its page, from 1. */
  record: parseAsInteger,
};

/** The explorer's state as the URL has it. */
export interface ExplorerState {
  readonly page: number;
  readonly split: (typeof SPLITS)[number] | null;
  readonly missing: string | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly record: number | null;
}

type RecordQuery = Inputs["problems"]["records"];

/** What to ask the API for. A value without its field filters nothing. */
export function recordQuery(id: string, { page, split, missing, field, value }: ExplorerState): RecordQuery {
  return {
    id,
    offset: (Math.max(1, page) - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
    ...(split === null ? {} : { split }),
    ...(missing === null ? {} : { missing }),
    ...(field === null || value === null ? {} : { label: { field, value } }),
  };
}

/** A change of what is filtered: begins at the first page, with no record opened. */
export const filteredBy = (
  change: Partial<Pick<ExplorerState, "split" | "missing" | "field" | "value">>,
): Partial<ExplorerState> => ({ ...change, page: 1, record: null });

/** How many pages so many records fill; 1 for none. */
export const pageCount = (total: number): number => Math.max(1, Math.ceil(total / PAGE_SIZE));
