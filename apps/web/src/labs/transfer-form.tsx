"use client";
import { planTransferLab } from "@seams/core/labs";
import { Async, Button, ErrorState, Field, Select } from "@seams/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { ListField } from "./list-field";
import { listed, numberList } from "./number-list";
import { PlannedLab } from "./planned-lab";
import { SeedField, seedsOf } from "./seed-field";
import { useLabPipeline } from "./use-lab-pipeline";

/** Rows of A × rows of B × freeze depth, over training B from scratch. */
export function TransferForm({ target }: { readonly target: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [source, setSource] = useState<string | undefined>(undefined);
  const [text, setText] = useState({ budgets: "", sourceBudgets: "", freeze: "", seeds: "3" });
  const [key] = useState(() => crypto.randomUUID());
  const pipelines = useQuery(trpc.pipelines.list.queryOptions());
  const [b, a] = [useLabPipeline(target), useLabPipeline(source)];
  const start = useMutation(
    trpc.labs.startTransfer.mutationOptions({ onSuccess: ({ id }) => router.push(paths.comparison(id)) }),
  );
  const rows = (of: number | undefined) => ({ least: 1, most: of ?? 1e8, whole: true });
  const lists = {
    budgets: numberList(text.budgets, rows(b?.rows)),
    sourceBudgets: numberList(text.sourceBudgets, rows(a?.rows)),
    freeze: numberList(text.freeze, { least: 0, most: 100, whole: true }),
  };
  const seeds = seedsOf(text.seeds);
  const asked = {
    budgets: listed(lists.budgets),
    sourceBudgets: listed(lists.sourceBudgets),
    freeze: listed(lists.freeze),
    seeds: seeds ?? [],
  };
  const isWritten = seeds !== undefined && Object.values(lists).every(({ is }) => is !== "wrong");
  const planned =
    b === undefined || a === undefined || !isWritten
      ? undefined
      : planTransferLab({ ...asked, target: b, source: a });
  const write = (part: keyof typeof text) => (value: string) => setText({ ...text, [part]: value });
  return (
    <div className="flex flex-col gap-4">
      <Async query={pipelines}>
        {(all) => (
          <Field
            label="Start from"
            help="A pipeline of another problem with the same input, whose hidden layers have the same shapes."
          >
            {({ id }) => (
              <Select
                id={id}
                label="Start from"
                value={source}
                choices={all
                  .filter((one) => one.id !== target)
                  .map((one) => ({ value: one.id, label: `${one.title}, ${one.problem}` }))}
                onValueChange={setSource}
              />
            )}
          </Field>
        )}
      </Async>
      <ListField
        label="Rows of this problem"
        help="The fewer, the more a good start should help."
        text={text.budgets}
        list={lists.budgets}
        usual="32, 100, 316, 1000"
        onText={write("budgets")}
      />
      <ListField
        label="Rows of the other problem"
        help="How much the start has learned from."
        text={text.sourceBudgets}
        list={lists.sourceBudgets}
        usual="1000, 10000"
        onText={write("sourceBudgets")}
      />
      <ListField
        label="Layers that stay frozen"
        help="From the input on: 0 fine-tunes all of them."
        text={text.freeze}
        list={lists.freeze}
        usual="every depth"
        onText={write("freeze")}
      />
      <SeedField text={text.seeds} onText={write("seeds")} />
      <PlannedLab planned={planned} />
      {start.error === null ? null : <ErrorState error={start.error} safe="Nothing was started." />}
      <Button
        tone="primary"
        className="self-end"
        busy={start.isPending || start.isSuccess}
        disabled={planned?.value === undefined}
        onClick={() => {
          if (source !== undefined && seeds !== undefined)
            start.mutate({
              target: { id: target },
              source: { id: source },
              ...mutable(asked),
              seeds: [...seeds],
              key,
            });
        }}
      >
        Start the lab
      </Button>
    </div>
  );
}

/** Lists as they go over the wire; what Seams chooses stays away. */
function mutable(
  asked: Readonly<Record<"budgets" | "sourceBudgets" | "freeze", readonly number[] | undefined>>,
) {
  const { budgets, sourceBudgets, freeze } = asked;
  return {
    ...(budgets === undefined ? {} : { budgets: [...budgets] }),
    ...(sourceBudgets === undefined ? {} : { sourceBudgets: [...sourceBudgets] }),
    ...(freeze === undefined ? {} : { freeze: [...freeze] }),
  };
}
