import * as z from "zod";
import {
  formulaConstant,
  formulaSyntax,
  formulaType,
  outcomeNotAClass,
} from "../../diagnostics/catalog/params";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic";
import { nearest } from "../../diagnostics/nearest";
import { listNames, quote } from "../../diagnostics/words";
import { evaluate } from "../../expression/evaluate";
import type { Expression } from "../../expression/expression";
import {
  describeExpressionType,
  type ExpressionType,
  expressionType,
  inferExpression,
} from "../../expression/infer";
import { namesOf, sizeOf, walk } from "../../expression/names";
import { type ParsedExpression, parseExpression } from "../../expression/parse";
import { MAX_EXPRESSION_LENGTH } from "../../expression/tokenise";
import { valueReader } from "../../expression/values";
import { classValue } from "../../graph/class-value";
import type { FieldType, FieldTypeOf } from "../../graph/field-type";
import { FieldName } from "../../problem/document";
import { defineAlgorithm, OUTPUT } from "../define";
import { namedLabel, outcomeColumn } from "../outcome";

/** Computes a number or label from named inputs by an expression. */
export const formula = defineAlgorithm({
  kind: "formula",
  version: 1,
  title: "Formula",
  doc: {
    summary: "Computes a number or a label from its inputs; the names in the expression are its input ports.",
    when: "The rule is known: a sum, a threshold, a choice. Nothing is trained, and no gradient passes.",
    example: { expression: "sum(digits) mod 4" },
  },
  params: z.strictObject({
    expression: z.string().min(1).max(MAX_EXPRESSION_LENGTH).meta({
      title: "Expression",
      help: "+ − * / mod, comparisons, and, or, not, digits[0], min, max, sum, product, count, argmax, abs, sign, round, if(condition, then, else), present(name). A label's value is its class, a number where it is written as one.",
    }),
    label: FieldName.optional().meta({
      title: "Gives the label",
      help: "A label field: the outcome becomes one of its classes.",
    }),
  }),
  inputs: ({ expression }) => portNames(parseExpression(expression)).map((name) => ({ name })),
  outputs: () => [{ name: OUTPUT }],
  check: ({ id, params, problem }) => {
    const place = { at: "param", stage: id, path: ["expression"] } as const;
    const labelPlace = { at: "param", stage: id, path: ["label"] } as const;
    const label =
      params.label === undefined ? [] : namedLabel(params.label, { place: labelPlace, problem }).diagnostics;
    return [...checkText(params.expression, place), ...label];
  },
  infer: ({ id, params, problem, inputs }) => {
    const { expression } = parseExpression(params.expression);
    if (expression === undefined) return { value: undefined, diagnostics: [] };
    const place = { at: "param", stage: id, path: ["expression"] } as const;
    const found = inferExpression(expression, (name) => {
      const type = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
      return type === undefined ? undefined : expressionType(type);
    });
    const label = params.label === undefined ? undefined : namedLabel(params.label, { place, problem }).value;
    const problems = found.problems.map((problem) => formulaType({ place, ...problem }));
    const outcome =
      label === undefined
        ? freeOutcome(found.type, place)
        : labelOutcome(found.type, { place, label, field: params.label ?? "" });
    const diagnostics = [...problems, ...outcome.diagnostics];
    if (diagnostics.length > 0) return { value: undefined, diagnostics };
    return { value: outcome.type === undefined ? {} : { [OUTPUT]: outcome.type }, diagnostics };
  },
  run: ({ params, inputs, outputs }) => {
    const { expression } = parseExpression(params.expression);
    const type = outputs[OUTPUT];
    const rows = Object.values(inputs)[0]?.rows;
    if (expression === undefined || type === undefined || rows === undefined) {
      throw new Error("formula: run before its expression, inputs and output type were checked");
    }
    const readers = new Map(Object.entries(inputs).map(([name, column]) => [name, valueReader(column)]));
    const at = (row: number) => evaluate(expression, (name) => readers.get(name)?.(row));
    return { [OUTPUT]: outcomeColumn(type, rows, at) };
  },
  flops: ({ expression }) => {
    const parsed = parseExpression(expression);
    return parsed.expression === undefined ? 0 : sizeOf(parsed.expression);
  },
  gradient: () => "blocked",
});

const portNames = ({ expression }: ParsedExpression): readonly string[] =>
  expression === undefined ? [] : namesOf(expression);

function checkText(text: string, place: Place): Diagnostic[] {
  const { expression, problem } = parseExpression(text);
  if (problem !== undefined) return [formulaSyntax({ place, ...problem })];
  if (namesOf(expression).length === 0) return [formulaConstant({ place, expression: text })];
  return badNames(expression).map(({ at, name }) =>
    formulaSyntax({
      place,
      at,
      problem: `${quote(name)} cannot name a port`,
      hint: "Use letters, digits, _ and -.",
    }),
  );
}

/** Names in backticks that no port can have. */
function badNames(expression: Expression): { readonly at: number; readonly name: string }[] {
  const found: { at: number; name: string }[] = [];
  walk(expression, (node) => {
    if (node.is === "name" && !FieldName.safeParse(node.name).success) found.push(node);
  });
  return found;
}

interface Outcome {
  readonly type?: FieldType;
  readonly diagnostics: readonly Diagnostic[];
}

/** The output's type where no label is named: a scalar, or a label of the texts that can come out. */
function freeOutcome(type: ExpressionType, place: Place): Outcome {
  if (type.is === "unknown") return { diagnostics: [] };
  if (type.is === "number" || type.is === "boolean") return { type: { is: "scalar" }, diagnostics: [] };
  if ((type.is === "text" || type.is === "mixed") && type.values !== undefined) {
    return { type: { is: "label", classes: [...type.values] }, diagnostics: [] };
  }
  const seen = describeExpressionType(type);
  return {
    diagnostics: [
      formulaType({ place, at: 0, expected: "a number or a text of known values as outcome", seen }),
    ],
  };
}

/** The output's type where a label is named, if the outcome can be one of its classes. */
function labelOutcome(
  type: ExpressionType,
  {
    place,
    label,
    field,
  }: { readonly place: Place; readonly label: FieldTypeOf<"label">; readonly field: string },
): Outcome {
  const { classes } = label;
  if (type.is === "unknown") return { type: label, diagnostics: [] };
  if (type.is === "number" || type.is === "boolean") {
    if (classes.some((name) => typeof classValue(name) === "number")) return { type: label, diagnostics: [] };
  } else if ((type.is === "text" || type.is === "mixed") && type.values !== undefined) {
    const unknown = type.values.filter((value) => !classes.includes(value));
    const said = unknown.map((outcome) =>
      outcomeNotAClass({ place, outcome, field, near: nearest(outcome, classes) }),
    );
    return said.length > 0 ? { diagnostics: said } : { type: label, diagnostics: [] };
  }
  const expected = `one of ${listNames(classes)} as outcome`;
  return { diagnostics: [formulaType({ place, at: 0, expected, seen: describeExpressionType(type) })] };
}
