import type { LabAxis, LabKind, LabRole } from "./lab";
import type { LabCell, LabResult } from "./result";

/** One of a lab's small tables: a row axis against a column axis, everything else fixed. */
export interface LabPanel {
  readonly key: string;
  readonly title: string;
  readonly role: LabRole;
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    /** By column; undefined where nothing was measured, or not yet. */
    readonly cells: readonly (LabCell | undefined)[];
  }[];
}

interface Arrangement {
  readonly row: string;
  readonly column: string;
  readonly fixed: readonly string[];
}

const ARRANGEMENTS: Readonly<Record<LabKind, Arrangement>> = {
  transfer: { row: "freeze", column: "budget", fixed: ["source"] },
  "multi-task": { row: "task", column: "width", fixed: ["group", "missing", "ratio"] },
};

/** A lab's cells as small multiples, in the order of its axes; tables and heat maps are drawn from them. */
export function labPanels({
  kind,
  axes,
  cells,
}: Pick<LabResult, "kind" | "axes" | "cells">): readonly LabPanel[] {
  const { row, column, fixed } = ARRANGEMENTS[kind];
  const [rowAxis, columnAxis] = [axisOf(axes, row), axisOf(axes, column)];
  const panels = new Map<string, LabCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.role, ...fixed.map((name) => cell.at[name] ?? "")]);
    panels.set(key, [...(panels.get(key) ?? []), cell]);
  }
  return [...panels].flatMap(([key, own]): LabPanel[] => {
    const [first] = own;
    if (first === undefined) return [];
    const used = (axis: LabAxis): LabAxis["values"] =>
      axis.values.filter(({ value }) => own.some(({ at }) => at[axis.name] === value));
    const columns = used(columnAxis);
    return [
      {
        key,
        role: first.role,
        title: titleOf(
          first,
          fixed.map((name) => axisOf(axes, name)),
        ),
        rowTitle: rowAxis.title,
        columnTitle: columnAxis.title,
        columns: columns.map(({ label }) => label),
        rows: used(rowAxis).map(({ value, label }) => ({
          label,
          cells: columns.map((one) => own.find(({ at }) => at[row] === value && at[column] === one.value)),
        })),
      },
    ];
  });
}

function axisOf(axes: readonly LabAxis[], name: string): LabAxis {
  const found = axes.find((axis) => axis.name === name);
  if (found === undefined) throw new Error(`labs: there is no axis ${name}`);
  return found;
}

/** `10,000 rows of A`; `a + b · Labels missing 50 %`: an axis with one value goes without saying. */
function titleOf({ role, at }: LabCell, axes: readonly LabAxis[]): string {
  const parts = axes.flatMap((axis, k) => {
    const label = axis.values.find(({ value }) => value === at[axis.name])?.label ?? at[axis.name] ?? "";
    if (k === 0) return [label];
    return axis.values.length < 2 ? [] : [`${axis.title.toLowerCase()}: ${label}`];
  });
  return `${role === "dropping" ? "Complete rows only · " : ""}${parts.join(" · ")}`;
}
