"use client";
import type { ExperimentView, TrialStatus } from "@seams/api";
import { Button, ErrorState, PageHeader } from "@seams/ui";
import { CirclePause, Clapperboard, RotateCw, ScanSearch } from "lucide-react";
import Link from "next/link";
import { isLab } from "../labs/is-lab";
import { paths } from "../paths";
import { StatusBadge } from "../run/trial-status";
import { useExperimentActions } from "./use-comparison";

const LINK = "inline-flex min-h-6 items-center font-medium text-accent underline-offset-2 hover:underline";

/** The top of a comparison: of what, on what, how far, and what can be done. */
export function ComparisonHeader({ experiment }: { readonly experiment: ExperimentView }) {
  const { id, title, problem, pipelines, budgets, seeds, trials, status } = experiment;
  const { cancel, resume } = useExperimentActions(id);
  const count = (of: TrialStatus): number => trials.filter((trial) => trial.status === of).length;
  const moving = count("queued") + count("running");
  const stopped = count("failed") + count("cancelled");
  const ended = trials.length - moving;
  return (
    <PageHeader
      title={title}
      lead={
        <>
          On{" "}
          <Link className={LINK} href={paths.problem(problem)}>
            {problem}
          </Link>
          : {budgets.map((budget) => budget.toLocaleString("en")).join(", ")} rows, {seeds.length}{" "}
          {seeds.length === 1 ? "seed" : "seeds"} each ({seedWords(seeds)}).
        </>
      }
      actions={
        <>
          {experiment.comparison?.closedLoop === undefined ? null : (
            <Button asChild>
              <Link href={paths.replay(id)} prefetch={false}>
                <Clapperboard aria-hidden size={16} />
                Watch episodes
              </Link>
            </Button>
          )}
          {count("done") > 0 ? (
            <Button asChild>
              <Link href={paths.examples(id)} prefetch={false}>
                <ScanSearch aria-hidden size={16} />
                Look at examples
              </Link>
            </Button>
          ) : null}
          {moving > 0 ? (
            <Button
              tone="danger"
              icon={<CirclePause aria-hidden size={16} />}
              busy={cancel.isPending}
              onClick={() => cancel.mutate({ id })}
            >
              Cancel {moving === 1 ? "the last trial" : `${moving} trials`}
            </Button>
          ) : null}
          {stopped > 0 ? (
            <Button
              icon={<RotateCw aria-hidden size={16} />}
              busy={resume.isPending}
              onClick={() => resume.mutate({ id })}
            >
              Resume {stopped} {stopped === 1 ? "trial" : "trials"}
            </Button>
          ) : null}
        </>
      }
    >
      {isLab(experiment) ? null : <PipelineLinks pipelines={pipelines} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-quiet">
        <StatusBadge status={status} />
        <progress
          className="h-1.5 w-40 accent-(--accent)"
          value={ended}
          max={trials.length}
          aria-label="Trials that have ended"
        />
        <span>
          <span className="text-ink">
            {ended}/{trials.length}
          </span>{" "}
          trials ended
          {count("running") > 0 ? `, ${count("running")} running` : ""}
          {count("failed") > 0 ? `, ${count("failed")} failed` : ""}
          {count("cancelled") > 0 ? `, ${count("cancelled")} cancelled` : ""}
        </span>
      </div>
      {cancel.error === null ? null : <ErrorState error={cancel.error} />}
      {resume.error === null ? null : <ErrorState error={resume.error} />}
    </PageHeader>
  );
}

/** `1 to 5`, or the seeds one by one. */
function seedWords(seeds: readonly number[]): string {
  const [first] = seeds;
  const last = seeds.at(-1);
  const isRun = seeds.length > 2 && seeds.every((seed, index) => seed === (first ?? 0) + index);
  return isRun ? `${first} to ${last}` : seeds.join(", ");
}

/** The pipelines that are compared. A lab's variants stand in its grid only: they are no pipelines that one could open. */
function PipelineLinks({ pipelines }: Pick<ExperimentView, "pipelines">) {
  return (
    <ul aria-label="Pipelines" className="flex flex-wrap gap-2">
      {pipelines.map((pipeline) => (
        <li key={pipeline.id}>
          <Link
            href={paths.pipeline(pipeline.id)}
            prefetch={false}
            className="inline-flex min-h-7 items-center gap-1.5 rounded-full border border-edge/60 bg-raised px-3 text-sm hover:bg-sunken"
          >
            {pipeline.title}
            {pipeline.version === null ? null : <span className="text-quiet">v{pipeline.version}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
