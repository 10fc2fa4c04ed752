"use client";
import { Button, Dialog, ErrorState, Field, TextInput } from "@seams/ui";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { useEditor } from "./editor-context";
import { wholeNumbers } from "./whole-numbers";

interface TrainParts {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Training rows that the problem has; the most a budget can be. */
  readonly rows: number | undefined;
}

const FIRST_BUDGET = 256;

/** Trains this pipeline once: with how many examples, from which seed. */
export function TrainDialog({ open, onOpenChange, rows }: TrainParts) {
  const { autosave } = useEditor();
  const trpc = useTRPC();
  const router = useRouter();
  const [budget, setBudget] = useState(String(Math.min(FIRST_BUDGET, rows ?? FIRST_BUDGET)));
  const [seed, setSeed] = useState("1");
  const [key, setKey] = useState("");
  const start = useMutation(
    trpc.trials.start.mutationOptions({ onSuccess: ({ id }) => router.push(paths.run(id)) }),
  );
  const budgets = wholeNumbers(budget, { least: 1, most: rows ?? Number.MAX_SAFE_INTEGER, count: 1 });
  const seeds = wholeNumbers(seed, { least: 0, most: 0xffff_ffff, count: 1 });
  const [onlyBudget] = "values" in budgets ? budgets.values : [];
  const [onlySeed] = "values" in seeds ? seeds.values : [];
  const run = async (): Promise<void> => {
    const saved = await autosave.saveNow();
    if (saved === undefined || onlyBudget === undefined || onlySeed === undefined) return;
    // The same click sent twice starts one trial.
    const idempotency = key === "" ? crypto.randomUUID() : key;
    setKey(idempotency);
    start.mutate(
      {
        pipeline: saved.id,
        ...(saved.readOnly ? {} : { version: saved.version }),
        budget: onlyBudget,
        seed: onlySeed,
        key: idempotency,
      },
      { onSuccess: () => setKey("") },
    );
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Train this pipeline"
      description="One trial: the plan is carried out, the result is scored on the test split."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            tone="primary"
            busy={start.isPending || start.isSuccess}
            disabled={onlyBudget === undefined || onlySeed === undefined}
            onClick={() => void run()}
          >
            Train
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {start.error === null ? null : <ErrorState error={start.error} safe="The pipeline is saved." />}
        <Field
          label="Training examples"
          help={
            rows === undefined
              ? "How many rows the trial may use."
              : `How many rows the trial may use, 1 to ${rows.toLocaleString("en")}.`
          }
          {...("reason" in budgets ? { error: budgets.reason } : {})}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={budget}
              onChange={(event) => setBudget(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Seed"
          help="The same seed gives the same rows and the same weights, bit for bit."
          {...("reason" in seeds ? { error: seeds.reason } : {})}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={seed}
              onChange={(event) => setSeed(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden />
      </form>
    </Dialog>
  );
}
