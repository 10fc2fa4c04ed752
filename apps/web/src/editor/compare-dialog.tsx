"use client";
import { Async, Banner, Button, Checkbox, Dialog, ErrorState, Field, TextInput } from "@seams/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { useEditor } from "./editor-context";
import { wholeNumbers } from "./whole-numbers";

interface CompareParts {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly rows: number | undefined;
}

const MOST = { pipelines: 12, budgets: 20, seeds: 100 } as const;

/** Compares this pipeline with others of the same problem, over budgets and seeds. */
export function CompareDialog({ open, onOpenChange, rows }: CompareParts) {
  const { autosave, document } = useEditor();
  const trpc = useTRPC();
  const router = useRouter();
  const [others, setOthers] = useState<readonly string[] | undefined>(undefined);
  const [budgetText, setBudgetText] = useState(() => firstBudgets(rows));
  const [seedText, setSeedText] = useState("3");
  const [key, setKey] = useState("");
  const pipelines = useQuery({
    ...trpc.pipelines.list.queryOptions({ problem: document.problem }),
    enabled: open,
  });
  const start = useMutation(
    trpc.experiments.start.mutationOptions({ onSuccess: ({ id }) => router.push(paths.comparison(id)) }),
  );
  const offered = (pipelines.data ?? []).filter(({ id }) => id !== autosave.pipeline.id);
  const chosen = (others ?? offered.filter(({ origin }) => origin === "gallery").map(({ id }) => id)).filter(
    (id) => offered.some((each) => each.id === id),
  );
  const budgets = wholeNumbers(budgetText, {
    least: 1,
    most: rows ?? Number.MAX_SAFE_INTEGER,
    count: MOST.budgets,
  });
  const seeds = wholeNumbers(seedText, { least: 1, most: MOST.seeds, count: 1 });
  const seedCount = "values" in seeds ? (seeds.values[0] ?? 0) : 0;
  const budgetList = "values" in budgets ? budgets.values : [];
  const trials = (chosen.length + 1) * budgetList.length * seedCount;
  const canStart = trials > 0 && chosen.length > 0 && chosen.length < MOST.pipelines;
  const run = async (): Promise<void> => {
    const saved = await autosave.saveNow();
    if (saved === undefined || !canStart) return;
    const idempotency = key === "" ? crypto.randomUUID() : key;
    setKey(idempotency);
    start.mutate(
      {
        problem: document.problem,
        pipelines: [
          { id: saved.id, ...(saved.readOnly ? {} : { version: saved.version }) },
          ...chosen.map((id) => ({ id })),
        ],
        budgets: [...budgetList].sort((a, b) => a - b),
        seeds: Array.from({ length: seedCount }, (_, index) => index + 1),
        key: idempotency,
      },
      { onSuccess: () => setKey("") },
    );
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="medium"
      title="Compare pipelines"
      description="Each pipeline is trained with each number of examples, from each seed. What pipelines share trains once."
      footer={
        <>
          <span className="mr-auto self-center text-sm text-quiet">
            {canStart
              ? `${chosen.length + 1} × ${budgetList.length} × ${seedCount} = ${trials} trials`
              : "Choose at least one other pipeline."}
          </span>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            tone="primary"
            busy={start.isPending || start.isSuccess}
            disabled={!canStart}
            onClick={() => void run()}
          >
            Compare
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {start.error === null ? null : <ErrorState error={start.error} safe="The pipeline is saved." />}
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm font-medium">With</legend>
          <Async query={pipelines}>
            {() =>
              offered.length === 0 ? (
                <p className="text-sm text-quiet">
                  This problem has no other pipeline yet. Fork this one and change a seam.
                </p>
              ) : (
                offered.map(({ id, title, origin }) => (
                  <Checkbox
                    key={id}
                    label={title}
                    help={origin === "gallery" ? "From the gallery" : "One of mine"}
                    checked={chosen.includes(id)}
                    onChange={(event) =>
                      setOthers(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
                    }
                  />
                ))
              )
            }
          </Async>
        </fieldset>
        <Field
          label="Training examples"
          help="Budgets, with commas between. Three or more show where the curves go."
          {...("reason" in budgets ? { error: budgets.reason } : {})}
        >
          {(ids) => (
            <TextInput {...ids} value={budgetText} onChange={(event) => setBudgetText(event.target.value)} />
          )}
        </Field>
        <Field
          label="Seeds"
          help="How many times each is trained, with other rows and other first weights."
          {...("reason" in seeds ? { error: seeds.reason } : {})}
        >
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={seedText}
              onChange={(event) => setSeedText(event.target.value)}
            />
          )}
        </Field>
        {seedCount > 0 && seedCount < 3 ? (
          <Banner tone="warning">Under 3 seeds there are no intervals, and hardly a verdict.</Banner>
        ) : null}
      </div>
    </Dialog>
  );
}

/** Three budgets that the problem has rows for, each about three times the one before. */
function firstBudgets(rows: number | undefined): string {
  const fitting = [32, 100, 316].filter((budget) => rows === undefined || budget <= rows);
  return (fitting.length === 0 ? [rows] : fitting).join(", ");
}
