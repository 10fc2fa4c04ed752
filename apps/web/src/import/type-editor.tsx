"use client";
import { describeType, type FieldType } from "@seams/core";
import { Field, Select, TextArea, TextInput } from "@seams/ui";
import { useState } from "react";
import { PLAIN_TYPES, plainType } from "./draft";

interface TypeEditorParts {
  readonly field: string;
  readonly type: FieldType;
  /** Values of the previewed records, in words: where a label's classes begin. */
  readonly seen: readonly string[];
  readonly onChange: (type: FieldType) => void;
}

const TYPE_WORDS = { scalar: "number", label: "label, one of several classes", text: "text" } as const;

/** A field's type and what belongs to it. Types of arrays and files are theirs: only sizes can be asked for. */
export function TypeEditor({ field, type, seen, onChange }: TypeEditorParts) {
  const isPlain = PLAIN_TYPES.some((is) => is === type.is);
  return (
    <div className="flex flex-col gap-2">
      {isPlain ? (
        <Select
          label={`Type of ${field}`}
          className="w-full"
          value={type.is}
          onValueChange={(next) => {
            const is = PLAIN_TYPES.find((each) => each === next);
            if (is !== undefined && is !== type.is) onChange(plainType(is, seen));
          }}
          choices={PLAIN_TYPES.map((is) => ({ value: is, label: TYPE_WORDS[is] }))}
        />
      ) : (
        <span className="flex min-h-8 items-center text-sm">{describeType(type)}</span>
      )}
      <TypeDetails field={field} type={type} onChange={onChange} />
    </div>
  );
}

function TypeDetails({ field, type, onChange }: Omit<TypeEditorParts, "seen">) {
  switch (type.is) {
    case "label":
      return (
        <Lines
          label={`Classes of ${field}, one a line`}
          lines={type.classes}
          onChange={(classes) => onChange({ ...type, classes: [...classes] })}
        />
      );
    case "image":
      return (
        <div className="flex gap-2">
          <Size
            label="Height"
            field={field}
            value={type.heightPx}
            onChange={(heightPx) => onChange({ ...type, heightPx })}
          />
          <Size
            label="Width"
            field={field}
            value={type.widthPx}
            onChange={(widthPx) => onChange({ ...type, widthPx })}
          />
        </div>
      );
    case "signal":
      return (
        <Size
          label="Samples"
          field={field}
          value={type.samples}
          onChange={(samples) => onChange({ ...type, samples })}
        />
      );
    case "text":
      return (
        <Size
          label="Longest"
          field={field}
          value={type.maxLength}
          onChange={(maxLength) => onChange({ ...type, maxLength })}
        />
      );
    case "scalar":
      return (
        <TextInput
          aria-label={`Unit of ${field}`}
          placeholder="unit, for example km/h"
          maxLength={40}
          value={type.unit ?? ""}
          onChange={({ target: { value } }) => {
            const { unit: _, ...rest } = type;
            onChange(value === "" ? rest : { ...rest, unit: value });
          }}
        />
      );
    case "vector":
    case "flags":
    case "box":
    case "sequence":
      return null;
  }
}

/** A list as lines of text; empty lines are nothing. */
function Lines({
  label,
  lines,
  onChange,
}: {
  readonly label: string;
  readonly lines: readonly string[];
  readonly onChange: (lines: readonly string[]) => void;
}) {
  const [text, setText] = useState<string | undefined>(undefined);
  return (
    <TextArea
      aria-label={label}
      rows={Math.min(6, Math.max(2, lines.length))}
      value={text ?? lines.join("\n")}
      onChange={({ target: { value } }) => {
        setText(value);
        const written = value.split("\n").filter((line) => line.trim() !== "");
        if (written.length > 0) onChange(written);
      }}
      onBlur={() => setText(undefined)}
    />
  );
}

function Size({
  label,
  field,
  value,
  onChange,
}: {
  readonly label: string;
  readonly field: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const [text, setText] = useState<string | undefined>(undefined);
  const written = Number(text ?? value);
  const isGood = Number.isInteger(written) && written >= 1 && written <= 1_000_000;
  return (
    <Field label={label} {...(isGood ? {} : { error: "A whole number from 1 on." })}>
      {(ids) => (
        <TextInput
          {...ids}
          inputMode="numeric"
          aria-label={`${label} of ${field}`}
          value={text ?? String(value)}
          onChange={(event) => {
            setText(event.target.value);
            const next = Number(event.target.value);
            if (event.target.value.trim() !== "" && Number.isInteger(next) && next >= 1) onChange(next);
          }}
          onBlur={() => {
            if (isGood) setText(undefined);
          }}
        />
      )}
    </Field>
  );
}
