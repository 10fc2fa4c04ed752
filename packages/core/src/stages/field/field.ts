import * as z from "zod";
import { fieldNotInput, unknownField } from "../../diagnostics/catalog/params";
import { nearest } from "../../diagnostics/nearest";
import { FieldName } from "../../problem/document";
import { defineSource } from "../define";
import { ok } from "../stage";

/** Gives the values of one input field of the problem at its port `value`. */
export const field = defineSource({
  kind: "field",
  version: 1,
  title: "Field",
  doc: {
    summary: "Gives the values of one input field of the problem.",
    when: "Every pipeline starts with one for each input that it uses. Labels are not inputs: a stage learns from them by naming them.",
    example: { field: "glyphs" },
  },
  params: z.strictObject({
    field: FieldName.meta({ title: "Field", help: "An input field of the problem." }),
  }),
  inputs: () => [],
  fields: ({ id, params, problem }) => {
    const place = { at: "param", stage: id, path: ["field"] } as const;
    const { field } = params;
    if (!Object.hasOwn(problem.fields, field)) {
      const known = problem.input;
      const near = nearest(field, Object.keys(problem.fields));
      return { value: undefined, diagnostics: [unknownField({ place, field, near, known })] };
    }
    if (!problem.input.includes(field)) {
      return ok({ value: field }, [fieldNotInput({ place, field, inputs: problem.input })]);
    }
    return ok({ value: field });
  },
});
