"use client";
import { useState } from "react";
import { Field } from "../components/field";
import { DraftInput } from "./draft-input";
import { useForm } from "./form-context";
import { recordOf } from "./param-schema";
import { type ParamFieldParts, Reset } from "./reset";

/** A table of key → value, one entry a line: `cat = animal`. */
export function EntryTable({
  title,
  parts,
  error,
}: {
  readonly title: string;
  readonly parts: ParamFieldParts;
  readonly error: string | undefined;
}) {
  const { path, schema, value } = parts;
  const { commit, disabled } = useForm();
  const [reason, setReason] = useState<string | undefined>(undefined);
  const words = reason ?? error;
  return (
    <Field
      label={title}
      help={`${schema.help ?? ""} One entry a line: key = value.`}
      {...(words === undefined ? {} : { error: words })}
      aside={<Reset title={title} parts={parts} />}
    >
      {(ids) => (
        <DraftInput
          ids={ids}
          value={recordOf(value ?? schema.default)}
          writing={TABLE_WRITING}
          commit={(next) => commit(path, next)}
          onReason={setReason}
          disabled={disabled}
          lines="several"
        />
      )}
    </Field>
  );
}

const TABLE_WRITING = {
  show: (table: Readonly<Record<string, unknown>> | undefined) =>
    Object.entries(table ?? {})
      .map(([key, value]) => `${key} = ${String(value)}`)
      .join("\n"),
  parse: (text: string) => {
    const entries: [string, string | number][] = [];
    for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
      const at = line.lastIndexOf("=");
      const key = line.slice(0, at).trim();
      const value = line.slice(at + 1).trim();
      if (at < 0 || value === "") return { reason: `Write “${line.trim() || "…"}” as key = value.` };
      entries.push([key, Number.isFinite(Number(value)) ? Number(value) : value]);
    }
    return { value: Object.fromEntries(entries) };
  },
};
