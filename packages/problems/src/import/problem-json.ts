import { type FieldType, metricsFor } from "@seams/core";
import { nameFrom } from "./names";
import type { ProblemJson } from "./source";

/** Training and test parts where the source says none. No validation part: early stopping takes its own from the budget. */
const FRACTIONS = [0.8, 0, 0.2];

/** What an importer has found out about its source. */
export interface Guess {
  /** The source's name, with its ending. */
  readonly source: string;
  readonly name?: string | undefined;
  readonly fields: readonly (readonly [string, FieldType])[];
  readonly target: string;
  /** Column that says the part of the split, if the source has one. */
  readonly split?: string | undefined;
  /** Column of groups that must not be torn apart. */
  readonly group?: string | undefined;
}

/** The problem.json of a guess: every field but the target is an input. */
export function problemJson({ source, name, fields, target, split, group }: Guess): ProblemJson {
  const title = source.replace(/^.*\//, "").replace(/\.[A-Za-z0-9]+$/, "");
  const type = fields.find(([field]) => field === target)?.[1];
  const grouped = group === undefined ? {} : { group };
  return {
    format: 1,
    name: nameFrom(name ?? title, "imported"),
    title: (name ?? title).slice(0, 80),
    fields: Object.fromEntries(
      fields.map(([field, type]) => [field, field === target ? { ...type, price: 1 } : type]),
    ),
    input: fields.map(([field]) => field).filter((field) => field !== target),
    target: [target],
    metric: type === undefined ? "accuracy" : metricsFor(type)[0],
    split:
      split === undefined ? { fractions: FRACTIONS, seed: 1, ...grouped } : { column: split, ...grouped },
  };
}
