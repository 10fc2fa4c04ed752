"use client";
import { useMemo } from "react";
import { type FieldChoice, FormContext, type FormParts } from "./form-context";
import { ParamField } from "./param-field";
import { type ParamPath, type ParamSchema, withValue } from "./param-schema";

interface SchemaFormParts {
  /** JSON schema of the params: `paramsJsonSchema(kind)`. */
  readonly schema: ParamSchema;
  readonly params: Readonly<Record<string, unknown>>;
  readonly fields: readonly FieldChoice[];
  readonly disabled: boolean;
  /** Why these params cannot be, as far as the param at `path` is concerned. */
  readonly refuse: (params: Readonly<Record<string, unknown>>, path: ParamPath) => string | undefined;
  readonly complaintAt: (path: ParamPath) => string | undefined;
  readonly onChange: (params: Readonly<Record<string, unknown>>, path: ParamPath) => void;
}

/** A form made from a schema. What is not valid stays in the form and never reaches `onChange`. */
export function SchemaForm({
  schema,
  params,
  fields,
  disabled,
  refuse,
  complaintAt,
  onChange,
}: SchemaFormParts) {
  const parts = useMemo<FormParts>(
    () => ({
      fields,
      disabled,
      complaintAt,
      commit: (path, value) => {
        const next = withValue(params, path, value);
        const reason = refuse(next, path);
        if (reason === undefined) onChange(next, path);
        return reason;
      },
    }),
    [fields, disabled, complaintAt, params, refuse, onChange],
  );
  return (
    <FormContext.Provider value={parts}>
      <div className="flex flex-col gap-4">
        {Object.entries(schema.properties ?? {}).map(([name, param]) => (
          <ParamField
            key={name}
            name={name}
            path={[name]}
            schema={param}
            value={params[name]}
            required={schema.required?.includes(name) === true && param.default === undefined}
          />
        ))}
      </div>
    </FormContext.Provider>
  );
}
