"use client";
import { Plus, X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "../components/button";
import { Field, TextInput } from "../components/field";
import { IconButton } from "../components/icon-button";
import { Alternatives } from "./alternatives";
import { EntryTable } from "./entry-table";
import { firstValue } from "./first-value";
import { useForm } from "./form-context";
import { ParamControl } from "./param-control";
import { type ParamSchema, controlFor, rangeWords, recordOf, wordsOf } from "./param-schema";
import { type ParamFieldParts, Reset } from "./reset";

/** One param: label, control, range, reason, and the way back to its default. */
export function ParamField(parts: ParamFieldParts) {
  const { name, path, schema, value, required } = parts;
  const { complaintAt } = useForm();
  const [reason, setReason] = useState<string | undefined>(undefined);
  const control = controlFor(schema);
  const title = schema.title ?? wordsOf(name);
  const error = reason ?? complaintAt(path);
  if (control.is === "group") return <Group title={title} parts={parts} properties={control.properties} />;
  if (control.is === "named-groups") return <NamedGroups title={title} parts={parts} of={control.of} />;
  if (control.is === "table") return <EntryTable title={title} parts={parts} error={error} />;
  if (control.is === "alternatives")
    return <Alternatives title={title} parts={parts} of={control.of} error={error} />;
  const range = rangeWords(schema.items ?? schema);
  const help = [schema.help, range === undefined ? undefined : `${wordsOf(range)}.`]
    .filter((words) => words !== undefined)
    .join(" ");
  return (
    <Field
      label={title}
      {...(schema.unit === undefined ? {} : { unit: schema.unit })}
      {...(help === "" ? {} : { help })}
      {...(error === undefined ? {} : { error })}
      aside={<Reset title={title} parts={parts} />}
    >
      {(ids) => (
        <ParamControl
          ids={ids}
          label={title}
          path={path}
          schema={schema}
          control={control}
          value={value}
          required={required}
          onReason={setReason}
        />
      )}
    </Field>
  );
}

function Frame({
  title,
  help,
  aside,
  children,
}: {
  readonly title: string;
  readonly help?: string | undefined;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 border-l-2 border-line pl-3">
      <legend className="float-left flex w-full items-center justify-between text-sm font-medium">
        {title}
        {aside}
      </legend>
      {help === undefined ? null : <p className="clear-both text-sm text-quiet">{help}</p>}
      {children}
    </fieldset>
  );
}

function Group({
  title,
  parts,
  properties,
}: {
  readonly title: string;
  readonly parts: ParamFieldParts;
  readonly properties: Readonly<Record<string, ParamSchema>>;
}) {
  const { path, schema, value, required } = parts;
  const { commit, disabled } = useForm();
  const isSet = value !== undefined || required || schema.default !== undefined;
  const needs = schema.required ?? [];
  // A group that may be absent is set by setting what it needs: texts start empty and are asked for.
  const start = (): void =>
    void commit(
      path,
      Object.fromEntries(
        needs.flatMap((key) => [[key, properties[key]?.default ?? firstValue(properties[key])]]),
      ),
    );
  return (
    <Frame
      title={title}
      help={schema.help}
      aside={
        isSet ? (
          <Reset title={title} parts={parts} />
        ) : (
          <Button disabled={disabled} tone="quiet" icon={<Plus aria-hidden size={14} />} onClick={start}>
            Set
          </Button>
        )
      }
    >
      {!isSet
        ? null
        : Object.entries(properties).map(([key, inner]) => (
            <ParamField
              key={key}
              name={key}
              path={[...path, key]}
              schema={inner}
              value={recordOf(value)[key]}
              required={needs.includes(key) && inner.default === undefined}
            />
          ))}
    </Frame>
  );
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

function NamedGroups({
  title,
  parts: { path, schema, value },
  of,
}: {
  readonly title: string;
  readonly parts: ParamFieldParts;
  readonly of: ParamSchema;
}) {
  const { commit, disabled, fields } = useForm();
  const [name, setName] = useState("");
  const [reason, setReason] = useState<string | undefined>(undefined);
  const id = useId();
  const entries = Object.entries(recordOf(value ?? schema.default));
  const add = (): void => {
    if (!NAME.test(name)) return setReason("A name is a letter, then letters, digits, _ or -.");
    if (entries.some(([taken]) => taken === name)) return setReason(`There is a ${name} already.`);
    const first = fields.some((field) => field.name === name) ? { label: name } : {};
    const needed = Object.fromEntries(
      (of.required ?? []).map((key) => [key, firstValue(of.properties?.[key])]),
    );
    const refused = commit(
      path,
      Object.fromEntries([
        ...entries,
        [name, { ...needed, ...(of.properties?.["label"] === undefined ? {} : first) }],
      ]),
    );
    setReason(refused);
    if (refused === undefined) setName("");
  };
  return (
    <Frame title={title} help={schema.help}>
      {entries.map(([key, inner]) => (
        <Frame
          key={key}
          title={key}
          aside={
            <IconButton
              className="size-6"
              label={`Remove ${key}`}
              disabled={disabled}
              icon={<X aria-hidden size={14} />}
              onClick={() =>
                setReason(commit(path, Object.fromEntries(entries.filter(([other]) => other !== key))))
              }
            />
          }
        >
          {Object.entries(of.properties ?? {}).map(([param, paramSchema]) => (
            <ParamField
              key={param}
              name={param}
              path={[...path, key, param]}
              schema={paramSchema}
              value={recordOf(inner)[param]}
              required={of.required?.includes(param) === true && paramSchema.default === undefined}
            />
          ))}
        </Frame>
      ))}
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="text-sm">
          New name
        </label>
        <div className="flex gap-2">
          <TextInput
            id={id}
            value={name}
            disabled={disabled}
            list={`${id}-names`}
            aria-invalid={reason !== undefined}
            onChange={(event) => setName(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && add()}
          />
          <datalist id={`${id}-names`}>
            {fields.map((field) => (
              <option key={field.name} value={field.name} />
            ))}
          </datalist>
          <Button disabled={disabled} icon={<Plus aria-hidden size={14} />} onClick={add}>
            Add
          </Button>
        </div>
        {reason === undefined ? null : (
          <p role="alert" className="text-sm text-danger">
            {reason}
          </p>
        )}
      </div>
    </Frame>
  );
}
