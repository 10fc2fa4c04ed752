"use client";
import { TextInput } from "@seams/ui";
import { useState } from "react";

/** What is being written counts as soon as it is a number. */
export function NumberInput({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number) => void;
}) {
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const isNumber = draft === undefined || (draft.trim() !== "" && Number.isFinite(Number(draft)));
  return (
    <TextInput
      aria-label={label}
      aria-invalid={!isNumber}
      inputMode="decimal"
      value={draft ?? (value === undefined ? "" : String(Number(value.toPrecision(4))))}
      onBlur={() => setDraft(undefined)}
      onChange={(event) => {
        const text = event.target.value;
        setDraft(text);
        if (text.trim() !== "" && Number.isFinite(Number(text))) onChange(Number(text));
      }}
    />
  );
}
