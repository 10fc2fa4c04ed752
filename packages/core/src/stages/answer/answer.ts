import * as z from "zod";
import { fieldNotTarget, unknownField } from "../../diagnostics/catalog/params";
import { nearest } from "../../diagnostics/nearest";
import { FieldName } from "../../problem/document";
import { defineOutput } from "../define";
import { ok } from "../stage";

/** Says that the value at its port `value` is the pipeline's prediction of a target field. */
export const answer = defineOutput({
  kind: "answer",
  version: 1,
  title: "Answer",
  doc: {
    summary: "Says which value is the pipeline's prediction of a target field.",
    when: "Every target of the problem needs exactly one.",
    example: { field: "y" },
  },
  params: z.strictObject({
    field: FieldName.meta({ title: "Target", help: "The target field that is answered." }),
  }),
  inputs: () => [{ name: "value", accepts: "a value of the target's type" }],
  answers: ({ id, params, problem }) => {
    const place = { at: "param", stage: id, path: ["field"] } as const;
    const { field } = params;
    if (!Object.hasOwn(problem.fields, field)) {
      const near = nearest(field, problem.target);
      return { value: undefined, diagnostics: [unknownField({ place, field, near, known: problem.target })] };
    }
    if (!problem.target.includes(field)) {
      return { value: undefined, diagnostics: [fieldNotTarget({ place, field, targets: problem.target })] };
    }
    return ok({ value: field });
  },
});
