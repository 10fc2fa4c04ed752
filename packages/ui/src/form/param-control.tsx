"use client";
import type { ControlIds } from "../components/field";
import { Switch } from "../components/field";
import { Select } from "../components/select";
import { TypeShape } from "../components/type-shape";
import { DraftInput, type Writing } from "./draft-input";
import { type FieldChoice, useForm } from "./form-context";
import { type Control, type ParamPath, type ParamSchema, wordsOf } from "./param-schema";
import { WRITINGS } from "./writings";

const NOTHING = "\u2014";

interface ParamControlParts {
  readonly ids: ControlIds;
  readonly label: string;
  readonly path: ParamPath;
  readonly schema: ParamSchema;
  readonly control: Control;
  readonly value: unknown;
  readonly required: boolean;
  readonly onReason: (reason: string | undefined) => void;
}

/** The control of one simple param: a switch, a choice, a field, a number, a list, a text. */
export function ParamControl(parts: ParamControlParts) {
  const { ids, path, schema, control, required, onReason } = parts;
  const { disabled, commit } = useForm();
  const value = parts.value ?? schema.default;
  const take = (next: unknown): void => onReason(commit(path, next));
  const draft = <T,>(
    writing: Writing<T>,
    lines: "one" | "several" = "one",
    inputMode?: "numeric" | "decimal",
  ) => (
    <DraftInput
      ids={ids}
      // A document may hold anything here; what the writing cannot show, it shows as nothing.
      value={value as T | undefined}
      writing={writing}
      commit={(next) => (next === undefined && required ? "This can't be left empty." : commit(path, next))}
      onReason={onReason}
      disabled={disabled}
      lines={lines}
      {...(inputMode === undefined ? {} : { inputMode })}
      placeholder={required || schema.default !== undefined ? "" : "not set"}
    />
  );
  switch (control.is) {
    case "switch":
      return <Switch {...ids} checked={value === true} disabled={disabled} onCheckedChange={take} />;
    case "choice":
      return <ChoiceControl parts={parts} choices={control.choices} take={take} />;
    case "field":
      return <FieldControl parts={parts} take={take} />;
    case "number":
      return control.whole
        ? draft(WRITINGS.whole, "one", "numeric")
        : draft(WRITINGS.number, "one", "decimal");
    case "numbers":
      return draft(control.whole ? WRITINGS.wholes : WRITINGS.numbers);
    case "words":
      return draft(WRITINGS.words);
    case "text":
      return draft(WRITINGS.text, isLong(schema) ? "several" : "one");
    case "json":
    case "group":
    case "table":
    case "named-groups":
    case "alternatives":
      return draft(WRITINGS.json, "several");
  }
}

function ChoiceControl({
  parts: { ids, label, schema, value: given },
  choices,
  take,
}: {
  readonly parts: ParamControlParts;
  readonly choices: readonly (string | number)[];
  readonly take: (next: unknown) => void;
}) {
  const { disabled } = useForm();
  const value = given ?? schema.default;
  return (
    <Select
      id={ids.id}
      label={label}
      value={value === undefined ? undefined : String(value)}
      disabled={disabled}
      invalid={ids["aria-invalid"] === true}
      choices={choices.map((choice) => ({ value: String(choice), label: wordsOf(String(choice)) }))}
      onValueChange={(next) => take(choices.find((choice) => String(choice) === next))}
    />
  );
}

function FieldControl({
  parts: { ids, label, schema, value: given, required },
  take,
}: {
  readonly parts: ParamControlParts;
  readonly take: (next: unknown) => void;
}) {
  const { disabled, fields } = useForm();
  const value = given ?? schema.default;
  const unset = required ? undefined : NOTHING;
  return (
    <Select
      id={ids.id}
      label={label}
      value={typeof value === "string" ? value : unset}
      disabled={disabled}
      invalid={ids["aria-invalid"] === true}
      placeholder="Choose a field…"
      choices={fieldChoices(fields, value, required)}
      onValueChange={(next) => take(next === NOTHING ? undefined : next)}
    />
  );
}

/** Whether a text may be longer than a line. */
const isLong = ({ maxLength = 0 }: ParamSchema): boolean => maxLength > 200;

function fieldChoices(fields: readonly FieldChoice[], value: unknown, required: boolean) {
  const choices = fields.map(({ name, type }) => ({
    value: name,
    label: name,
    icon: <TypeShape type={type} />,
  }));
  const stray =
    typeof value === "string" && !fields.some(({ name }) => name === value)
      ? [{ value, label: `${value} (doesn't fit here)` }]
      : [];
  return [...(required ? [] : [{ value: NOTHING, label: "None" }]), ...choices, ...stray];
}
