"use client";
import { Async, Button, EmptyState, Skeleton } from "@seams/ui";
import { useQuery } from "@tanstack/react-query";
import { Columns2, FlaskConical, Plus } from "lucide-react";
import { useState } from "react";
import { LabDialog } from "../labs/lab-dialog";
import { ComparisonDialog } from "../pipelines/comparison-dialog";
import { NewPipelineDialog } from "../pipelines/new-pipeline-dialog";
import { type Outputs, useTRPC } from "../trpc";
import { PipelineCard } from "./pipeline-card";

/** All ways to cut this problem: the gallery's and one's own, to open, fork and compare. */
export function PipelinesTab({ problem }: { readonly problem: Outputs["problems"]["get"] }) {
  const trpc = useTRPC();
  const { id, rows } = problem.card;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [dialog, setDialog] = useState<"none" | "new" | "compare" | "lab">("none");
  const pipelines = useQuery(trpc.pipelines.list.queryOptions({ problem: id }));
  const known = chosen.filter((each) => pipelines.data?.some((pipeline) => pipeline.id === each) === true);
  return (
    <div className="flex flex-col gap-4 pt-6">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-sm text-quiet" role="status">
          {known.length === 0
            ? "Choose two or more to compare them, or one for a lab."
            : known.length === 1
              ? "One chosen: start a lab, or choose another to compare it with."
              : `${known.length} chosen.`}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button icon={<Plus aria-hidden size={16} />} onClick={() => setDialog("new")}>
            New pipeline
          </Button>
          <Button
            icon={<FlaskConical aria-hidden size={16} />}
            disabled={known.length !== 1}
            onClick={() => setDialog("lab")}
          >
            Lab
          </Button>
          <Button
            tone="primary"
            icon={<Columns2 aria-hidden size={16} />}
            disabled={known.length < 2}
            onClick={() => setDialog("compare")}
          >
            Compare
          </Button>
        </div>
      </div>
      <Async
        query={pipelines}
        skeleton={<Skeleton className="h-96 w-full" />}
        safe="Your pipelines are stored and safe."
        isEmpty={(all) => all.length === 0}
        empty={
          <EmptyState
            title="No pipeline for this problem yet"
            action={<Button onClick={() => setDialog("new")}>Draw the first one</Button>}
          >
            A pipeline is one way from {problem.schema.input.join(", ")} to {problem.schema.target.join(", ")}
            . Draw two, and see which one your data can afford.
          </EmptyState>
        }
      >
        {(all) => (
          <ul className="grid gap-4 md:grid-cols-2">
            {all.map((pipeline) => (
              <li key={pipeline.id} className="grid">
                <PipelineCard
                  pipeline={pipeline}
                  problem={problem.schema}
                  chosen={known.includes(pipeline.id)}
                  onChoose={(isChosen) =>
                    setChosen(
                      isChosen ? [...known, pipeline.id] : known.filter((each) => each !== pipeline.id),
                    )
                  }
                />
              </li>
            ))}
          </ul>
        )}
      </Async>
      <NewPipelineDialog
        open={dialog === "new"}
        onOpenChange={(open) => setDialog(open ? "new" : "none")}
        problem={id}
      />
      {dialog === "lab" && known[0] !== undefined ? (
        <LabDialog
          pipeline={known[0]}
          title={pipelines.data?.find(({ id: each }) => each === known[0])?.title ?? ""}
          onClose={() => setDialog("none")}
        />
      ) : null}
      {dialog === "compare" ? (
        <ComparisonDialog
          open
          onOpenChange={(open) => setDialog(open ? "compare" : "none")}
          problem={id}
          rows={rows.train}
          chosen={known}
        />
      ) : null}
    </div>
  );
}
