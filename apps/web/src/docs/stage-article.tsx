"use client";
import { paramsJsonSchema, type StageKind, standardStages } from "@seams/core";
import { Badge, Table, type Tone } from "@seams/ui";
import { paramRows } from "./param-words";

const ROLES: Readonly<Record<StageKind["role"], { readonly words: string; readonly tone: Tone }>> = {
  source: { words: "input", tone: "neutral" },
  learned: { words: "learned", tone: "accent" },
  algorithm: { words: "algorithm", tone: "neutral" },
  output: { words: "answer", tone: "neutral" },
};

/** One stage kind, by name, since kinds hold functions: everything here is what the kind says of itself. */
export function StageArticle({ name }: { readonly name: string }) {
  const kind = standardStages.get(name);
  if (kind === undefined) throw new Error(`docs: there is no stage kind ${name}`);
  const { title, role, doc } = kind;
  const rows = paramRows(paramsJsonSchema(kind));
  const example = { kind: kind.kind, params: doc.example };
  return (
    <article
      id={kind.kind}
      aria-labelledby={`${kind.kind}-title`}
      className="flex scroll-mt-4 flex-col gap-3"
    >
      <h2 id={`${kind.kind}-title`} className="flex flex-wrap items-center gap-2 text-base font-semibold">
        <a href={`#${kind.kind}`} className="underline-offset-2 hover:underline">
          {title}
        </a>
        <code className="font-mono text-sm font-normal text-quiet">{kind.kind}</code>
        <Badge tone={ROLES[role].tone}>{ROLES[role].words}</Badge>
      </h2>
      <p className="max-w-prose">{doc.summary}</p>
      <p className="max-w-prose text-sm text-quiet">{doc.when}</p>
      <Table
        caption={`Params of ${title}`}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          {
            key: "name",
            title: "Param",
            cell: ({ name, required }) => (
              <span className="whitespace-nowrap">
                <code className="font-mono">{name}</code>
                {required ? <span className="text-quiet"> (required)</span> : null}
              </span>
            ),
          },
          { key: "accepts", title: "Takes", cell: ({ accepts }) => accepts },
          {
            key: "default",
            title: "Default",
            cell: ({ standard }) =>
              standard === undefined ? "–" : <code className="font-mono break-all">{standard}</code>,
          },
          { key: "help", title: "What for", cell: ({ title: name, help }) => help ?? name },
        ]}
      />
      <p className="text-sm">
        For example{" "}
        <code className="rounded-sm bg-sunken px-1 font-mono break-all">{JSON.stringify(example)}</code>
      </p>
    </article>
  );
}
