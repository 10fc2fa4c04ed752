"use client";
import type { FieldType } from "@seams/core";
import type { RecordValue } from "@seams/api";
import { Button, Field, Select, Switch, TextInput } from "@seams/ui";
import { Minus, Plus } from "lucide-react";
import { BoxEditor } from "./box-editor";
import { NumberInput } from "./number-input";

/** More numbers than this nobody changes one by one. */
const MOST_NUMBERS = 16;

type Element = Exclude<FieldType, { is: "sequence" }>;
type Picture = Extract<RecordValue, { is: "image" }>;

interface EditorParts<T extends FieldType = FieldType> {
  readonly name: string;
  readonly type: T;
  readonly value: RecordValue;
  readonly picture: Picture | undefined;
  readonly onChange: (value: RecordValue) => void;
}

/** Whether a value of this type can be given by hand: pictures, recordings and long vectors cannot. */
export function canEdit(type: FieldType): boolean {
  const element = type.is === "sequence" ? type.of : type;
  if (element.is === "image" || element.is === "signal") return false;
  return element.is !== "vector" || (type.is !== "sequence" && element.size <= MOST_NUMBERS);
}

/** Controls for a value, by its type. Each change counts at once. */
export function ValueEditor({ type, value, ...rest }: EditorParts) {
  if (type.is !== "sequence") return <ElementEditor {...rest} type={type} value={value} />;
  return <SequenceEditor {...rest} type={type} value={value} />;
}

function SequenceEditor({
  name,
  type,
  value,
  picture,
  onChange,
}: EditorParts<Extract<FieldType, { is: "sequence" }>>) {
  const of = value.is === "sequence" ? value.of : [];
  const write = (elements: readonly RecordValue[]): void => onChange({ is: "sequence", of: elements });
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-wrap gap-3">
        {of.map((element, index) => (
          // An element's identity is its place in the sequence.
          <li key={index} className="min-w-28">
            <ElementEditor
              name={`${name}, element ${index + 1}`}
              type={type.of}
              value={element}
              picture={picture}
              onChange={(next) => write(of.map((one, place) => (place === index ? next : one)))}
            />
          </li>
        ))}
      </ol>
      <div className="flex gap-2">
        <Button
          icon={<Plus aria-hidden size={16} />}
          disabled={of.length >= type.maxLength}
          onClick={() => write([...of, firstValue(type.of)])}
        >
          Add an element
        </Button>
        <Button
          icon={<Minus aria-hidden size={16} />}
          disabled={of.length === 0}
          onClick={() => write(of.slice(0, -1))}
        >
          Remove the last
        </Button>
      </div>
    </div>
  );
}

function ElementEditor({ name, type, value, picture, onChange }: EditorParts<Element>) {
  switch (type.is) {
    case "label":
      return (
        <Select
          label={name}
          value={value.is === "label" ? value.value : undefined}
          choices={type.classes.map((one) => ({ value: one, label: one }))}
          onValueChange={(one) => onChange({ is: "label", value: one })}
        />
      );
    case "scalar":
      return (
        <NumberInput
          label={name}
          value={value.is === "number" ? value.value : undefined}
          onChange={(number) => onChange({ is: "number", value: number })}
        />
      );
    case "text":
      return (
        <Field label={name} help={`At most ${type.maxLength} characters.`}>
          {(ids) => (
            <TextInput
              {...ids}
              maxLength={type.maxLength}
              value={value.is === "text" ? value.value : ""}
              onChange={(event) => {
                const letters = Array.from(event.target.value).filter((letter) =>
                  type.alphabet.includes(letter),
                );
                onChange({ is: "text", value: letters.join("") });
              }}
            />
          )}
        </Field>
      );
    case "flags":
      return <FlagsEditor name={name} type={type} value={value} picture={picture} onChange={onChange} />;
    case "box":
      return (
        <BoxEditor
          name={name}
          box={value.is === "box" ? value.values : WHOLE}
          picture={picture}
          onChange={(values) => onChange({ is: "box", values })}
        />
      );
    case "vector":
      return (
        <NumbersEditor
          name={name}
          values={value.is === "numbers" ? value.values : Array.from({ length: type.size }, () => 0)}
          onChange={(values) => onChange({ is: "numbers", values })}
        />
      );
    case "image":
    case "signal":
      return null;
  }
}

const WHOLE = [0.5, 0.5, 0.5, 0.5];

function FlagsEditor({ type, value, onChange }: EditorParts<Extract<FieldType, { is: "flags" }>>) {
  const flags = value.is === "flags" ? value.values : {};
  const write = (name: string, flag: boolean): void => {
    const all = Object.fromEntries(type.names.map((one) => [one, flags[one] ?? 0]));
    onChange({ is: "flags", values: { ...all, [name]: flag ? 1 : 0 } });
  };
  return (
    <ul className="flex flex-wrap gap-x-6 gap-y-2">
      {type.names.map((name) => (
        <li key={name} className="flex items-center gap-2 text-sm">
          <Switch
            aria-label={name}
            checked={flags[name] === 1}
            onCheckedChange={(flag) => write(name, flag)}
          />
          {name}
        </li>
      ))}
    </ul>
  );
}

function NumbersEditor({
  name,
  values,
  onChange,
}: {
  readonly name: string;
  readonly values: readonly number[];
  readonly onChange: (values: readonly number[]) => void;
}) {
  return (
    <ol className="grid grid-cols-2 gap-2 sm:grid-cols-4">
      {values.map((value, index) => (
        // A number's identity is its place.
        <li key={index}>
          <NumberInput
            label={`${name}, number ${index + 1}`}
            value={value}
            onChange={(number) => onChange(values.map((one, place) => (place === index ? number : one)))}
          />
        </li>
      ))}
    </ol>
  );
}

/** What an element that was just added holds. */
function firstValue(type: Element): RecordValue {
  switch (type.is) {
    case "label":
      return { is: "label", value: type.classes[0] ?? "" };
    case "scalar":
      return { is: "number", value: 0 };
    case "text":
      return { is: "text", value: "" };
    case "flags":
      return { is: "flags", values: Object.fromEntries(type.names.map((name) => [name, 0])) };
    case "box":
      return { is: "box", values: WHOLE };
    case "vector":
    case "image":
    case "signal":
      return { is: "missing" };
  }
}
