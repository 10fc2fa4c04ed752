"use client";
import type { ImportPreview } from "@seams/api";
import { isClean } from "@seams/core";
import { Banner, Button, EmptyState, ErrorState, Field, Section, TextInput } from "@seams/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { checkDraft, type Draft, readDraft } from "./draft";
import { FieldList } from "./field-list";
import { Findings } from "./findings";
import { JsonEditor } from "./json-editor";
import { PreviewTable } from "./preview-table";
import { SplitEditor } from "./split-editor";

interface ReviewParts {
  readonly fileName: string;
  readonly answer: ImportPreview;
  /** Throws the upload away and goes back to choosing. */
  readonly onDiscard: () => void;
}

/** What was understood of a file: findings, fields to correct, split, the first records, and the decision. */
export function Review({ fileName, answer, onDiscard }: ReviewParts) {
  const { preview } = answer;
  const [first] = useState(() => readDraft(preview.schema));
  if (first === undefined) {
    return (
      <div className="flex flex-col gap-6">
        <Findings diagnostics={preview.diagnostics} />
        <EmptyState
          title={`Nothing could be read from ${fileName}`}
          action={
            <Button tone="primary" onClick={onDiscard}>
              Choose another file
            </Button>
          }
        >
          Nothing was stored. Correct what is listed and bring the file again.
        </EmptyState>
      </div>
    );
  }
  return <Correction fileName={fileName} answer={answer} first={first} onDiscard={onDiscard} />;
}

function Correction({ fileName, answer, first, onDiscard }: ReviewParts & { readonly first: Draft }) {
  const { importId, preview } = answer;
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(first);
  const confirm = useMutation(
    trpc.problems.importConfirm.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(trpc.problems.list.queryFilter());
        router.push(paths.problem(id));
      },
    }),
  );
  const isChanged = JSON.stringify(draft) !== JSON.stringify(first);
  const mistakes = isChanged ? checkDraft(draft) : [];
  const isStorable = isClean(mistakes) && (isChanged || isClean(preview.diagnostics));
  const { rows } = preview;
  return (
    <div className="flex flex-col gap-8">
      <Banner tone={isClean(preview.diagnostics) ? "good" : "warning"}>
        {fileName}: {(rows.train + rows.validation + rows.test).toLocaleString("en")} records read,{" "}
        {rows.train.toLocaleString("en")} to train on, {rows.test.toLocaleString("en")} to test. Nothing is
        stored yet.
      </Banner>
      <Findings diagnostics={[...mistakes, ...preview.diagnostics]} />
      <Section title="Fields" help="Correct what was guessed: part, type, price of a label, metric.">
        <div className="max-w-sm">
          <Field label="Title">
            {(ids) => (
              <TextInput
                {...ids}
                maxLength={80}
                value={draft.title}
                onChange={(event) => setDraft({ ...draft, title: event.target.value })}
              />
            )}
          </Field>
        </div>
        <FieldList draft={draft} first={first} records={preview.records} onChange={setDraft} />
      </Section>
      <Section title="Split">
        <SplitEditor draft={draft} onChange={setDraft} />
      </Section>
      <JsonEditor draft={draft} onChange={setDraft} />
      {preview.records.length === 0 ? null : (
        <Section
          title="The first records"
          help={isChanged ? "As they were read before your corrections." : undefined}
        >
          <PreviewTable records={preview.records} draft={first} />
        </Section>
      )}
      {confirm.error === null ? null : (
        <ErrorState
          error={confirm.error}
          safe="Nothing was stored; the upload is still open, and so are your corrections."
        />
      )}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center justify-end gap-2 border-t border-line bg-paper px-4 py-3">
        <span className="mr-auto text-sm text-quiet">
          {!isStorable
            ? "There are errors: nothing can be stored like this."
            : isChanged
              ? "The whole file is read again with your corrections."
              : "Stored as it is shown."}
        </span>
        {isChanged ? <Button onClick={() => setDraft(first)}>Undo corrections</Button> : null}
        <Button onClick={onDiscard}>Discard</Button>
        <Button
          tone="primary"
          disabled={!isStorable}
          busy={confirm.isPending || confirm.isSuccess}
          onClick={() => confirm.mutate({ importId, ...(isChanged ? { schema: draft } : {}) })}
        >
          {isChanged ? "Read again and store" : "Store the problem"}
        </Button>
      </div>
    </div>
  );
}
