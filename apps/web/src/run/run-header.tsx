"use client";
import { Banner, Button, ErrorState, PageHeader, shortDuration } from "@seams/ui";
import { useMutation } from "@tanstack/react-query";
import { CirclePause, Clapperboard, Dices, RotateCw, ScanSearch } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isLab } from "../labs/is-lab";
import { paths } from "../paths";
import { useTRPC } from "../trpc";
import { elapsedSeconds, statusWords } from "./run-words";
import { secondsLeft } from "./stage-progress";
import { StatusBadge } from "./trial-status";
import { type Run, useTrialActions } from "./use-run";

const LINK = "inline-flex min-h-6 items-center font-medium text-accent underline-offset-2 hover:underline";

/** The top of a run: what it is, how far it is, and what can be done. */
export function RunHeader({ run: { trial, log } }: { readonly run: Run }) {
  const { summary, title, version, experiment } = trial;
  const { cancel, resume } = useTrialActions(summary.id);
  const isVariant = isLab(experiment);
  const moving = log.status === "queued" || log.status === "running";
  const stopped = log.status === "failed" || log.status === "cancelled";
  return (
    <PageHeader
      title={title}
      lead={
        <>
          {summary.budget.toLocaleString("en")} {summary.budget === 1 ? "row" : "rows"}, seed {summary.seed}.{" "}
          {isVariant ? (
            "A variant that a lab made."
          ) : (
            <Link className={LINK} href={paths.pipeline(summary.pipeline)}>
              {version === null ? "Open its pipeline" : `Open its pipeline (ran as version ${version})`}
            </Link>
          )}
          {experiment.trials > 1 ? (
            <>
              {" · "}
              <Link className={LINK} href={paths.comparison(experiment.id)}>
                One of {experiment.trials} trials of a {isVariant ? "lab" : "comparison"}
              </Link>
            </>
          ) : null}
        </>
      }
      actions={
        <>
          {moving ? (
            <Button
              tone="danger"
              icon={<CirclePause aria-hidden size={16} />}
              busy={cancel.isPending}
              onClick={() => cancel.mutate({ id: summary.id })}
            >
              Cancel
            </Button>
          ) : null}
          {stopped ? (
            <Button
              tone="primary"
              icon={<RotateCw aria-hidden size={16} />}
              busy={resume.isPending}
              onClick={() => resume.mutate({ id: summary.id })}
            >
              Resume
            </Button>
          ) : null}
          {log.status === "done" && summary.test?.["closed-loop-success"] !== undefined ? (
            <Button asChild>
              <Link href={paths.replay(experiment.id, summary)} prefetch={false}>
                <Clapperboard aria-hidden size={16} />
                Watch episodes
              </Link>
            </Button>
          ) : null}
          {log.status === "done" ? (
            <Button asChild>
              <Link
                href={paths.examples(experiment.id, { budget: summary.budget, seed: summary.seed })}
                prefetch={false}
              >
                <ScanSearch aria-hidden size={16} />
                Look at examples
              </Link>
            </Button>
          ) : null}
          {isVariant ? null : <AnotherSeed trial={trial} />}
        </>
      }
    >
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-quiet">
        <StatusBadge status={log.status}>{statusWords(log, summary.queuePosition)}</StatusBadge>
        <Times trial={trial} log={log} />
      </p>
      {log.status === "cancelled" ? (
        <Banner tone="warning">
          Stopped by hand. Resume goes on from the checkpoint and ends with the same weights, bit for bit.
        </Banner>
      ) : null}
      {cancel.error === null ? null : <ErrorState error={cancel.error} />}
      {resume.error === null ? null : <ErrorState error={resume.error} />}
    </PageHeader>
  );
}

/** Elapsed, predicted, left: while it runs by the second, afterwards once and for all. */
function Times({ trial, log }: Pick<Run, "trial" | "log">) {
  const isRunning = log.status === "running";
  const now = useNow(isRunning);
  const elapsed = elapsedSeconds(trial.summary, now ?? Date.now());
  const left = isRunning ? secondsLeft(log.view) : undefined;
  const predicted = trial.plan.cost.seconds;
  const took = log.status === "done" ? trial.summary.seconds : undefined;
  return (
    <>
      {took !== undefined ? (
        <span>
          took <span className="text-ink">{shortDuration(took)}</span>
        </span>
      ) : elapsed === undefined || now === undefined ? null : (
        <span>
          <span className="text-ink">{shortDuration(elapsed)}</span> {isRunning ? "so far" : "until it ended"}
        </span>
      )}
      <span>
        predicted about <span className="text-ink">{shortDuration(predicted)}</span>
      </span>
      {left === undefined ? null : (
        <span>
          at most <span className="text-ink">{shortDuration(left)}</span> left
        </span>
      )}
    </>
  );
}

/** The time of day, by the second while `ticking`; undefined until the page is alive. */
function useNow(ticking: boolean): number | undefined {
  const [now, setNow] = useState<number | undefined>(undefined);
  useEffect(() => {
    setNow(Date.now());
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}

/** Starts the same trial from the next seed. */
function AnotherSeed({ trial: { summary, version } }: Pick<Run, "trial">) {
  const trpc = useTRPC();
  const router = useRouter();
  const start = useMutation(
    trpc.trials.start.mutationOptions({ onSuccess: ({ id }) => router.push(paths.run(id)) }),
  );
  return (
    <>
      <Button
        icon={<Dices aria-hidden size={16} />}
        busy={start.isPending || start.isSuccess}
        onClick={() =>
          start.mutate({
            pipeline: summary.pipeline,
            ...(version === null ? {} : { version }),
            budget: summary.budget,
            seed: (summary.seed + 1) % 2 ** 32,
            key: crypto.randomUUID(),
          })
        }
      >
        Run with seed {(summary.seed + 1) % 2 ** 32}
      </Button>
      {start.error === null ? null : <ErrorState error={start.error} safe="This run stays as it is." />}
    </>
  );
}
