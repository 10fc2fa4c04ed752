"use client";
import { Field, TextInput } from "@seams/ui";
import type { NumberList } from "./number-list";

/** A list of numbers that may be left to Seams. */
export function ListField({
  label,
  help,
  text,
  list,
  usual,
  onText,
}: {
  readonly label: string;
  readonly help: string;
  readonly text: string;
  readonly list: NumberList;
  /** What is taken where nothing is written. */
  readonly usual: string;
  readonly onText: (text: string) => void;
}) {
  return (
    <Field label={label} help={help} {...(list.is === "wrong" ? { error: list.reason } : {})}>
      {(ids) => (
        <TextInput
          {...ids}
          value={text}
          placeholder={usual}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}
