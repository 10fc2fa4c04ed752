"use client";
import type { GraphDocument } from "@seams/core";
import { Button, Dialog, ErrorState, Field, Select, TextInput } from "@seams/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { type Outputs, useTRPC } from "../trpc";

const EMPTY = "empty";

interface NewPipelineParts {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Chosen already, where one comes from a problem's page. */
  readonly problem: string | undefined;
}

/** A new pipeline: for which problem, and from what. */
export function NewPipelineDialog({ open, onOpenChange, problem: given }: NewPipelineParts) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [title, setTitle] = useState("");
  const [start, setStart] = useState(EMPTY);
  const problems = useQuery({ ...trpc.problems.list.queryOptions(), enabled: open });
  const problem = chosen ?? given ?? problems.data?.[0]?.id;
  const templates = useQuery({
    ...trpc.pipelines.list.queryOptions({ ...(problem === undefined ? {} : { problem }) }),
    enabled: open && problem !== undefined,
  });
  const opened = async ({ id }: { readonly id: string }): Promise<void> => {
    await queries.invalidateQueries(trpc.pipelines.list.queryFilter());
    onOpenChange(false);
    router.push(paths.pipeline(id));
  };
  const create = useMutation(trpc.pipelines.create.mutationOptions({ onSuccess: opened }));
  const fork = useMutation(trpc.pipelines.fork.mutationOptions({ onSuccess: opened }));
  const card = problems.data?.find(({ id }) => id === problem);
  const begin = (): void => {
    if (card === undefined) return;
    if (start === EMPTY) create.mutate({ document: firstDocument(title.trim(), card) });
    else fork.mutate({ id: start });
  };
  const error = create.error ?? fork.error;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New pipeline"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            tone="primary"
            disabled={card === undefined}
            busy={create.isPending || fork.isPending}
            onClick={begin}
          >
            Open the canvas
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {problems.error === null ? null : (
          <ErrorState error={problems.error} onRetry={() => void problems.refetch()} />
        )}
        {error === null ? null : <ErrorState error={error} />}
        <Field label="Problem">
          {({ id }) => (
            <Select
              id={id}
              label="Problem"
              value={problem}
              onValueChange={(next) => {
                setChosen(next);
                setStart(EMPTY);
              }}
              choices={(problems.data ?? []).map((each) => ({ value: each.id, label: each.title }))}
            />
          )}
        </Field>
        <Field label="Start from">
          {({ id }) => (
            <Select
              id={id}
              label="Start from"
              value={start}
              onValueChange={setStart}
              choices={[
                {
                  value: EMPTY,
                  label: "Its inputs and targets",
                  help: "Everything between them is yours to draw.",
                },
                ...(templates.data ?? []).map((each) => ({
                  value: each.id,
                  label: each.title,
                  help: each.origin === "gallery" ? "From the gallery" : "One of mine",
                })),
              ]}
            />
          )}
        </Field>
        {start === EMPTY ? (
          <Field label="Title">
            {(ids) => (
              <TextInput
                {...ids}
                value={title}
                maxLength={80}
                placeholder="Untitled pipeline"
                onChange={(event) => setTitle(event.target.value)}
              />
            )}
          </Field>
        ) : null}
      </div>
    </Dialog>
  );
}

const COLUMN = 640;
const ROW = 120;

/** X → ? → Y: a field stage for each input and an answer for each target, with room between. */
function firstDocument(title: string, card: Outputs["problems"]["list"][number]): GraphDocument {
  const sources = card.input.map(({ field }, row) => ({
    name: field,
    stage: { kind: "field", params: { field } },
    at: [0, row * ROW] as [number, number],
  }));
  const taken = new Set(sources.map(({ name }) => name));
  const answers = card.target.map(({ field }, row) => ({
    name: taken.has(field) ? `${field}-answer` : field,
    stage: { kind: "answer", params: { field } },
    at: [COLUMN, row * ROW] as [number, number],
  }));
  const all = [...sources, ...answers];
  return {
    format: 1,
    title: title === "" ? "Untitled pipeline" : title,
    problem: card.id,
    stages: Object.fromEntries(all.map(({ name, stage }) => [name, stage])),
    links: [],
    layout: Object.fromEntries(all.map(({ name, at }) => [name, at])),
  };
}
