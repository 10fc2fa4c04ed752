"use client";
import { Async, Banner, Button, Checkbox, Dialog, ErrorState, Field, TextInput } from "@seams/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { paths } from "../paths";
import { budgetsUpTo } from "../problem/budgets";
import { useKeptBudget } from "../problem/kept-budgets";
import { useTRPC } from "../trpc";
import { planComparison } from "./comparison-plan";

/** Where nobody has said how many examples there are. */
const USUAL_MOST = 316;

/** A pipeline that takes part in any case: the one that is open in the editor. */
export interface ComparisonSubject {
  readonly id: string;
  /** Stores its newest changes; undefined where that failed, which has then been said. */
  readonly save: () => Promise<{ readonly id: string; readonly version?: number } | undefined>;
}

interface ComparisonParts {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly problem: string;
  /** Training rows of the problem, once they are known. */
  readonly rows: number | undefined;
  readonly subject?: ComparisonSubject;
  /** Pipelines that are chosen at first; default: the gallery's. */
  readonly chosen?: readonly string[] | undefined;
}

/** Compares pipelines of one problem, over budgets and seeds. */
export function ComparisonDialog({
  open,
  onOpenChange,
  problem,
  rows,
  subject,
  chosen: given,
}: ComparisonParts) {
  const trpc = useTRPC();
  const router = useRouter();
  const [kept] = useKeptBudget(problem);
  const [picked, setPicked] = useState<readonly string[] | undefined>(undefined);
  const [writtenBudgets, setBudgetText] = useState<string | undefined>(undefined);
  const [seedText, setSeedText] = useState("3");
  const [key, setKey] = useState("");
  const pipelines = useQuery({ ...trpc.pipelines.list.queryOptions({ problem }), enabled: open });
  const start = useMutation(
    trpc.experiments.start.mutationOptions({ onSuccess: ({ id }) => router.push(paths.comparison(id)) }),
  );
  const offered = (pipelines.data ?? []).filter(({ id }) => id !== subject?.id);
  const first = given ?? offered.filter(({ origin }) => origin === "gallery").map(({ id }) => id);
  const chosen = (picked ?? first).filter((id) => offered.some((each) => each.id === id));
  const budgetText =
    writtenBudgets ?? budgetsUpTo(Math.min(kept ?? USUAL_MOST, rows ?? Number.MAX_SAFE_INTEGER)).join(", ");
  const { budgets, seeds, canStart, ...plan } = planComparison({
    pipelines: chosen.length + Number(subject !== undefined),
    budgetText,
    seedText,
    rows,
  });
  const run = async (): Promise<void> => {
    const saved = await subject?.save();
    if (!canStart || (subject !== undefined && saved === undefined)) return;
    const idempotency = key === "" ? crypto.randomUUID() : key;
    setKey(idempotency);
    start.mutate(
      {
        problem,
        pipelines: [...(saved === undefined ? [] : [saved]), ...chosen.map((id) => ({ id }))],
        budgets: [...budgets],
        seeds: [...seeds],
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
          <span className="mr-auto self-center text-sm text-quiet">{plan.words}</span>
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
        {start.error === null ? null : (
          <ErrorState error={start.error} safe="The pipelines are saved; nothing was started." />
        )}
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-sm font-medium">{subject === undefined ? "Pipelines" : "With"}</legend>
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
                      setPicked(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
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
          {...(plan.budgetError === undefined ? {} : { error: plan.budgetError })}
        >
          {(ids) => (
            <TextInput {...ids} value={budgetText} onChange={(event) => setBudgetText(event.target.value)} />
          )}
        </Field>
        <Field
          label="Seeds"
          help="How many times each is trained, with other rows and other first weights."
          {...(plan.seedError === undefined ? {} : { error: plan.seedError })}
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
        {seeds.length > 0 && seeds.length < 3 ? (
          <Banner tone="warning">Under 3 seeds there are no intervals, and hardly a verdict.</Banner>
        ) : null}
      </div>
    </Dialog>
  );
}
