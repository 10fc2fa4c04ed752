"use client";
import { type GraphDocument, paramsJsonSchema, parseGraph, type StageKind } from "@seams/core";
import {
  Button,
  DiagnosticItem,
  Field,
  IconButton,
  roleIcon,
  SchemaForm,
  TextInput,
  TypeShape,
} from "@seams/ui";
import { type ParamPath, type StageView, typeWords } from "@seams/ui/graph";
import { Copy, Link2, Trash2, Unlink } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { disconnect, removeStages, renameStage, setParams, setStageTitle } from "./commands";
import { useEditor } from "./editor-context";
import { fieldsFor } from "./initial-params";
import { useDuplicate } from "./use-clipboard";

/** One stage: its name, its settings from its kind's schema, its ports, its problems. */
export function StageInspector({ view }: { readonly view: StageView }) {
  const { document, context, edit, locked, diagnostics, openConnect } = useEditor();
  const duplicate = useDuplicate();
  const stage = document.stages[view.id];
  const kind = stage === undefined ? undefined : context.stages.get(stage.kind);
  if (stage === undefined) return null;
  const own = diagnostics.filter(({ place }) => "stage" in place && place.stage === view.id);
  return (
    <div className="flex flex-col gap-5 p-4">
      <header className="flex items-start gap-3">
        <span className="mt-1 text-accent">{roleIcon(view.role)}</span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{view.title}</h2>
          <p className="text-sm text-quiet">
            {kind === undefined ? `This version knows no kind “${stage.kind}”.` : kind.doc.summary}
          </p>
        </div>
        <IconButton
          label="Duplicate"
          keys="Ctrl+D"
          disabled={locked}
          icon={<Copy aria-hidden size={16} />}
          onClick={() => duplicate([view.id])}
        />
        <IconButton
          label="Delete"
          keys="Del"
          disabled={locked}
          icon={<Trash2 aria-hidden size={16} />}
          onClick={() => edit((before) => removeStages(before, [view.id]))}
        />
      </header>
      {own.length === 0 ? null : (
        <ul className="flex flex-col gap-1" aria-label="Problems of this stage">
          {own.map((diagnostic, index) => (
            <li key={`${diagnostic.code}-${index}`} className="rounded-md bg-sunken">
              <DiagnosticItem diagnostic={diagnostic} />
            </li>
          ))}
        </ul>
      )}
      {kind === undefined ? null : <Params kind={kind} view={view} params={stage.params} />}
      <div className="flex flex-col gap-4 border-t border-line pt-4">
        <NameField key={view.id} name={view.id} document={document} />
        <Field label="Title" help="Shown on the canvas instead of the name.">
          {(ids) => (
            <TextInput
              {...ids}
              maxLength={80}
              disabled={locked}
              value={stage.title ?? ""}
              placeholder={view.id}
              onChange={(event) =>
                edit((before) => setStageTitle(before, view.id, event.target.value), `title ${view.id}`)
              }
            />
          )}
        </Field>
      </div>
      <Ports view={view} onConnect={(port, side) => openConnect({ stage: view.id, port, side })} />
      {kind === undefined ? null : <p className="text-sm text-quiet">{kind.doc.when}</p>}
    </div>
  );
}

interface ParamsParts {
  readonly kind: StageKind;
  readonly view: StageView;
  readonly params: Readonly<Record<string, unknown>>;
}

function Params({ kind, view, params }: ParamsParts) {
  const { context, document, edit, locked, diagnostics } = useEditor();
  const schema = useMemo(() => paramsJsonSchema(kind), [kind]);
  const fields = useMemo(
    () =>
      fieldsFor(kind.role, context.problem).flatMap((name) => {
        const field = context.problem.fields[name];
        return field === undefined ? [] : [{ name, type: field.type }];
      }),
    [kind.role, context.problem],
  );
  const errorsOf = useCallback(
    (candidate: Readonly<Record<string, unknown>>) => {
      // A document with this stage alone: the compiler's first step says what its params cannot be.
      const alone: GraphDocument = {
        ...document,
        stages: { [view.id]: { kind: kind.kind, params: { ...candidate } } },
        links: [],
      };
      return parseGraph(alone, context).diagnostics.filter(({ severity }) => severity === "error");
    },
    [context, document, view.id, kind.kind],
  );
  const refuse = useCallback(
    (candidate: Readonly<Record<string, unknown>>, path: ParamPath): string | undefined => {
      const error = errorsOf(candidate).find(
        ({ place }) => place.at === "param" && touches(place.path, path),
      );
      return error === undefined
        ? undefined
        : [error.message, error.fix].filter((words) => words !== undefined).join(" ");
    },
    [errorsOf],
  );
  const complaintAt = useCallback(
    (path: ParamPath) =>
      diagnostics.find(
        ({ severity, place }) =>
          severity !== "advice" &&
          place.at === "param" &&
          place.stage === view.id &&
          place.path.join(".") === path.join("."),
      )?.message,
    [diagnostics, view.id],
  );
  return (
    <SchemaForm
      schema={schema}
      params={params}
      fields={fields}
      disabled={locked}
      refuse={refuse}
      complaintAt={complaintAt}
      onChange={(next, path) =>
        edit((before) => setParams(before, view.id, next), `param ${view.id} ${path.join(".")}`)
      }
    />
  );
}

/** True where one path lies within the other. */
const touches = (a: ParamPath, b: ParamPath): boolean =>
  a.every((step, index) => b[index] === undefined || b[index] === step);

const NAME = /^(?!(?:constructor|prototype)$)[A-Za-z][A-Za-z0-9_-]{0,63}$/;

function NameField({ name, document }: { readonly name: string; readonly document: GraphDocument }) {
  const { editor, edit, locked } = useEditor();
  const [draft, setDraft] = useState(name);
  const reason =
    draft === name
      ? undefined
      : !NAME.test(draft)
        ? "A name is a letter, then letters, digits, _ or -."
        : Object.hasOwn(document.stages, draft)
          ? `There is a stage ${draft} already.`
          : undefined;
  const commit = (): void => {
    if (reason !== undefined || draft === name) return setDraft(name);
    edit((before) => renameStage(before, name, draft));
    editor.select({ stages: [draft] });
  };
  return (
    <Field
      label="Name"
      help="Links and results call the stage by it."
      {...(reason === undefined ? {} : { error: reason })}
    >
      {(ids) => (
        <TextInput
          {...ids}
          className="w-full font-mono"
          disabled={locked}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
            if (event.key === "Escape") setDraft(name);
          }}
        />
      )}
    </Field>
  );
}

function Ports({
  view,
  onConnect,
}: {
  readonly view: StageView;
  readonly onConnect: (port: string, side: "input" | "output") => void;
}) {
  const { document, edit, locked } = useEditor();
  const sides = [
    { side: "input", title: "Inputs", ports: view.inputs },
    { side: "output", title: "Outputs", ports: view.outputs },
  ] as const;
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      {sides.map(({ side, title, ports }) =>
        ports.length === 0 ? null : (
          <div key={side}>
            <h3 className="text-sm text-quiet">{title}</h3>
            <ul>
              {ports.map((port) => {
                const written = `${view.id}.${port.name}`;
                const links = document.links.filter(
                  (link) => (side === "input" ? link.to : link.from) === written,
                );
                return (
                  <li key={port.name} className="py-1 text-sm">
                    <div className="flex items-center gap-2">
                      <TypeShape type={port.type} />
                      <span className="font-medium">{port.name}</span>
                      <span className="min-w-0 flex-1 truncate text-quiet">{typeWords(port.type)}</span>
                      <IconButton
                        label={`Connect ${written}`}
                        disabled={locked}
                        icon={<Link2 aria-hidden size={16} />}
                        onClick={() => onConnect(port.name, side)}
                      />
                    </div>
                    {port.label === undefined ? null : (
                      <p className="pl-5 text-quiet">Trained on the label {port.label}.</p>
                    )}
                    {links.map((link) => (
                      <div
                        key={`${link.from} ${link.to}`}
                        className="flex items-center gap-2 pl-5 text-quiet"
                      >
                        <span className="min-w-0 flex-1 truncate">
                          {side === "input" ? `from ${link.from}` : `to ${link.to}`}
                        </span>
                        <Button
                          tone="quiet"
                          className="size-8 !px-0"
                          aria-label={`Disconnect ${link.from} from ${link.to}`}
                          disabled={locked}
                          icon={<Unlink aria-hidden size={16} />}
                          onClick={() => edit((before) => disconnect(before, [link]))}
                        />
                      </div>
                    ))}
                  </li>
                );
              })}
            </ul>
          </div>
        ),
      )}
    </div>
  );
}
