import type { Column } from "../data/column";
import { maskSyntax, maskType, maskUnknownField } from "../diagnostics/catalog/params";
import type { Checked, Diagnostic, Place } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/nearest";
import type { ProblemSchema } from "../problem/document";
import { evaluate, type Value } from "./evaluate";
import type { Expression } from "./expression";
import { describeExpressionType, expressionType, inferExpression } from "./infer";
import { walk } from "./names";
import { parseExpression } from "./parse";
import { valueReader } from "./values";

/** Parses a mask over a problem's records, and checks that its fields exist and that it is true or false. */
export function parseMask(
  text: string,
  { place, problem }: { readonly place: Place; readonly problem: ProblemSchema },
): Checked<Expression> {
  const parsed = parseExpression(text);
  if (parsed.problem !== undefined) {
    return { value: undefined, diagnostics: [maskSyntax({ place, ...parsed.problem })] };
  }
  const { expression } = parsed;
  const diagnostics: Diagnostic[] = [];
  const known = Object.keys(problem.fields);
  walk(expression, (node) => {
    if (node.is !== "name" || Object.hasOwn(problem.fields, node.name)) return;
    const near = nearest(node.name, known);
    diagnostics.push(maskUnknownField({ place, at: node.at, field: node.name, near, known }));
  });
  const { type, problems } = inferExpression(expression, (name) => {
    const field = Object.hasOwn(problem.fields, name) ? problem.fields[name] : undefined;
    return field === undefined ? undefined : expressionType(field.type);
  });
  diagnostics.push(...problems.map((found) => maskType({ place, ...found })));
  if (type.is !== "boolean" && type.is !== "unknown") {
    diagnostics.push(
      maskType({ place, at: 0, expected: "true or false", seen: describeExpressionType(type) }),
    );
  }
  return { value: diagnostics.length === 0 ? expression : undefined, diagnostics };
}

/** Whether a mask lets a record through. What is missing is not true; only `present` can ask for it. */
export function evaluateMask(
  expression: Expression,
  columns: Readonly<Record<string, Column>>,
  row: number,
): boolean {
  return maskReader(expression, columns)(row);
}

/** The same for many rows of the same columns. */
export function maskReader(
  expression: Expression,
  columns: Readonly<Record<string, Column>>,
): (row: number) => boolean {
  const readers = new Map<string, (row: number) => Value>();
  walk(expression, (node) => {
    if (node.is !== "name" || readers.has(node.name)) return;
    const column = Object.hasOwn(columns, node.name) ? columns[node.name] : undefined;
    if (column !== undefined) readers.set(node.name, presentReader(column));
  });
  return (row) => evaluate(expression, (name) => readers.get(name)?.(row)) === true;
}

/** As `valueReader`, but an image or signal that is there reads as `true`, so that `present` can see it. */
function presentReader(column: Column): (row: number) => Value {
  const { is } = column.type;
  if (is === "image" || is === "signal") return (row) => (column.present[row] === 1 ? true : undefined);
  return valueReader(column);
}
