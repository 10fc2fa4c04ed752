"use client";
import { useState } from "react";
import { Field } from "../components/field";
import { Select } from "../components/select";
import { firstValue } from "./first-value";
import { useForm } from "./form-context";
import { ParamControl } from "./param-control";
import { controlFor, type ParamSchema, rangeWords, wordsOf } from "./param-schema";
import { type ParamFieldParts, Reset } from "./reset";

/** A param of several forms: one chooses the form, then the value where the form leaves one open. */
export function Alternatives({
  title,
  parts,
  of,
  error,
}: {
  readonly title: string;
  readonly parts: ParamFieldParts;
  readonly of: readonly ParamSchema[];
  readonly error: string | undefined;
}) {
  const { path, schema, required } = parts;
  const { commit, disabled } = useForm();
  const [reason, setReason] = useState<string | undefined>(undefined);
  const value = parts.value ?? schema.default;
  const current = of.findIndex((each) => fits(each, value));
  const open = of[current];
  const words = reason ?? error;
  const control = open === undefined ? undefined : controlFor(open);
  return (
    <Field
      label={title}
      {...(schema.help === undefined ? {} : { help: schema.help })}
      {...(schema.unit === undefined ? {} : { unit: schema.unit })}
      {...(words === undefined ? {} : { error: words })}
      aside={<Reset title={title} parts={parts} />}
    >
      {(ids) => (
        <div className="flex flex-col gap-2">
          <Select
            id={ids.id}
            label={title}
            disabled={disabled}
            value={current < 0 ? undefined : String(current)}
            placeholder={required ? "Choose…" : "not set"}
            choices={of.map((each, index) => ({ value: String(index), label: alternativeWords(each) }))}
            onValueChange={(index) => setReason(commit(path, firstValue(of[Number(index)])))}
          />
          {open === undefined || control === undefined || open.const !== undefined ? null : (
            <ParamControl
              ids={{ id: `${ids.id}-value` }}
              label={`${title}: value`}
              path={path}
              schema={{ ...open }}
              control={control}
              value={value}
              required={required}
              onReason={setReason}
            />
          )}
        </div>
      )}
    </Field>
  );
}

function fits(schema: ParamSchema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.type === "integer" || schema.type === "number") return typeof value === "number";
  if (schema.type === "array") return Array.isArray(value);
  return value !== undefined && schema.type === typeof value;
}

function alternativeWords(schema: ParamSchema): string {
  if (schema.title !== undefined) return schema.title;
  if (schema.const !== undefined) return wordsOf(String(schema.const));
  const range = rangeWords(schema);
  const sort = schema.type === "integer" ? "whole number" : (schema.type ?? "other value");
  return `${wordsOf(`a ${sort}`)}${range === undefined ? "" : `, ${range}`}`;
}
