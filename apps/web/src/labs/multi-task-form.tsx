"use client";
import { planMultiTaskLab } from "@seams/core/labs";
import { Button, ErrorState } from "@seams/ui";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { ListField } from "./list-field";
import { listed, numberList } from "./number-list";
import { PlannedLab } from "./planned-lab";
import { SeedField, seedsOf } from "./seed-field";
import { useLabPipeline } from "./use-lab-pipeline";

const PERCENT = 100;

/** Tasks that share a trunk × its width × labels missing × ratio of labels, over a network for each task. */
export function MultiTaskForm({ pipeline: id }: { readonly pipeline: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [text, setText] = useState({ budget: "", widths: "", missing: "", ratios: "", seeds: "3" });
  const [key] = useState(() => crypto.randomUUID());
  const pipeline = useLabPipeline(id);
  const start = useMutation(
    trpc.labs.startMultiTask.mutationOptions({ onSuccess: (lab) => router.push(paths.comparison(lab.id)) }),
  );
  const factors = { least: 0.01, most: 1000, whole: false };
  const lists = {
    budget: numberList(text.budget, { least: 1, most: pipeline?.rows ?? 1e8, whole: true }),
    widths: numberList(text.widths, factors),
    missing: numberList(text.missing, { least: 0, most: 99, whole: false }),
    ratios: numberList(text.ratios, factors),
  };
  const seeds = seedsOf(text.seeds);
  const [budget, widths, ratios] = [listed(lists.budget)?.[0], listed(lists.widths), listed(lists.ratios)];
  const missing = listed(lists.missing)?.map((percent) => percent / PERCENT);
  const isWritten = seeds !== undefined && Object.values(lists).every(({ is }) => is !== "wrong");
  const planned =
    pipeline === undefined || !isWritten
      ? undefined
      : planMultiTaskLab({ pipeline, budget, widths, missing, ratios, seeds });
  const write = (part: keyof typeof text) => (value: string) => setText({ ...text, [part]: value });
  return (
    <div className="flex flex-col gap-4">
      <ListField
        label="Training rows"
        help="One number."
        text={text.budget}
        list={lists.budget}
        usual="1000, or all there are"
        onText={write("budget")}
      />
      <ListField
        label="Widths of the trunk"
        help="Factors on the trunk as it is drawn. One that is too small for all tasks loses to single networks."
        text={text.widths}
        list={lists.widths}
        usual="0.5, 1, 2"
        onText={write("widths")}
      />
      <ListField
        label="Labels missing, in %"
        help="Part of the labels that is hidden, task by task. Missing labels are masked."
        text={text.missing}
        list={lists.missing}
        usual="0, 50"
        onText={write("missing")}
      />
      <ListField
        label="Ratio of labels"
        help="How many times the labels of every other task the first task has."
        text={text.ratios}
        list={lists.ratios}
        usual="1, 5"
        onText={write("ratios")}
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
          if (seeds !== undefined)
            start.mutate({
              pipeline: { id },
              ...(budget === undefined ? {} : { budget }),
              ...(widths === undefined ? {} : { widths: [...widths] }),
              ...(missing === undefined ? {} : { missing: [...missing] }),
              ...(ratios === undefined ? {} : { ratios: [...ratios] }),
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
