"use client";
import type { ProblemSchema } from "@seams/core";
import { Badge, Button, Card, Checkbox, ErrorState, readFailure, Skeleton } from "@seams/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { paths } from "../paths";
import { PipelinePicture } from "../pipelines/pipeline-picture";
import { type Outputs, useTRPC } from "../trpc";

interface PipelineCardParts {
  readonly pipeline: Outputs["pipelines"]["list"][number];
  readonly problem: ProblemSchema;
  readonly chosen: boolean;
  readonly onChoose: (chosen: boolean) => void;
}

/** One pipeline: its picture, what it is, and what can be done with it. */
export function PipelineCard({ pipeline, problem, chosen, onChoose }: PipelineCardParts) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const view = useQuery(trpc.pipelines.get.queryOptions({ id: pipeline.id }));
  const fork = useMutation(
    trpc.pipelines.fork.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(trpc.pipelines.list.queryFilter());
        router.push(paths.pipeline(id));
      },
      onError: (error) => void toast.error(readFailure(error).title),
    }),
  );
  return (
    <Card className="flex flex-col gap-3 p-4">
      <div className="flex items-start justify-between gap-3">
        <h2 className="font-semibold">
          <Link href={paths.pipeline(pipeline.id)} className="underline-offset-2 hover:underline">
            {pipeline.title}
          </Link>
        </h2>
        <Badge tone={pipeline.origin === "own" ? "accent" : "neutral"}>
          {pipeline.origin === "own" ? `mine, version ${pipeline.version}` : "gallery"}
        </Badge>
      </div>
      {view.data !== undefined ? (
        <>
          <PipelinePicture
            document={view.data.document}
            problem={problem}
            className="h-28 rounded-md bg-paper p-2"
          />
          {view.data.description === "" ? null : (
            <p className="text-sm text-quiet">{view.data.description}</p>
          )}
        </>
      ) : view.error === null ? (
        <Skeleton className="h-28 w-full" />
      ) : (
        <ErrorState error={view.error} onRetry={() => void view.refetch()} />
      )}
      <div className="mt-auto flex flex-wrap items-center justify-between gap-2 pt-1">
        <Checkbox
          label="Compare"
          aria-label={`Compare ${pipeline.title}`}
          checked={chosen}
          onChange={(event) => onChoose(event.target.checked)}
        />
        <div className="flex gap-2">
          <Button
            aria-label={`Fork ${pipeline.title}`}
            busy={fork.isPending}
            onClick={() => fork.mutate({ id: pipeline.id })}
          >
            Fork
          </Button>
          <Button asChild>
            <Link href={paths.pipeline(pipeline.id)} aria-label={`Open ${pipeline.title}`}>
              Open
            </Link>
          </Button>
        </div>
      </div>
    </Card>
  );
}
