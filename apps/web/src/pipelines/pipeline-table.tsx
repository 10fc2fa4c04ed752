"use client";
import { Button, Dialog, IconButton, readFailure, Table } from "@seams/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { paths } from "../paths";
import { type Outputs, useTRPC } from "../trpc";

type Summary = Outputs["pipelines"]["list"][number];

/** Pipelines with what can be done to each: open, fork, and delete where they are one's own. */
export function PipelineTable({
  caption,
  pipelines,
}: {
  readonly caption: string;
  readonly pipelines: readonly Summary[];
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const [leaving, setLeaving] = useState<Summary | undefined>(undefined);
  const listChanged = () => queries.invalidateQueries(trpc.pipelines.list.queryFilter());
  const refused = (error: unknown): void => void toast.error(readFailure(error).title);
  const fork = useMutation(
    trpc.pipelines.fork.mutationOptions({
      onSuccess: async ({ id }) => {
        await listChanged();
        router.push(paths.pipeline(id));
      },
      onError: refused,
    }),
  );
  const remove = useMutation(
    trpc.pipelines.remove.mutationOptions({
      onSuccess: async () => {
        setLeaving(undefined);
        await listChanged();
      },
      onError: refused,
    }),
  );
  return (
    <>
      <Table
        caption={caption}
        rows={pipelines}
        keyOf={({ id }) => id}
        columns={[
          {
            key: "title",
            title: "Pipeline",
            sortBy: ({ title }) => title,
            cell: ({ id, title }) => (
              <Link
                href={paths.pipeline(id)}
                className="inline-flex min-h-6 items-center font-medium text-accent underline-offset-2 hover:underline"
              >
                {title}
              </Link>
            ),
          },
          {
            key: "problem",
            title: "Problem",
            sortBy: ({ problem }) => problem,
            cell: ({ problem }) => (
              <Link href={paths.problem(problem)} className="underline-offset-2 hover:underline">
                {problem}
              </Link>
            ),
          },
          {
            key: "version",
            title: "Version",
            align: "number",
            sortBy: ({ version }) => version,
            cell: ({ version }) => version,
          },
          {
            key: "updated",
            title: "Saved",
            sortBy: ({ updatedAt }) => updatedAt ?? "",
            cell: ({ updatedAt }) =>
              updatedAt === null ? (
                <span className="text-quiet">with Seams</span>
              ) : (
                new Date(updatedAt).toLocaleString()
              ),
          },
          {
            key: "actions",
            title: <span className="sr-only">Actions</span>,
            align: "number",
            cell: (pipeline) => (
              <span className="inline-flex gap-1">
                <IconButton
                  label={`Fork ${pipeline.title}`}
                  icon={<Copy aria-hidden size={16} />}
                  disabled={fork.isPending}
                  onClick={() => fork.mutate({ id: pipeline.id })}
                />
                {pipeline.origin === "gallery" ? null : (
                  <IconButton
                    label={`Delete ${pipeline.title}`}
                    icon={<Trash2 aria-hidden size={16} />}
                    onClick={() => setLeaving(pipeline)}
                  />
                )}
              </span>
            ),
          },
        ]}
      />
      <Dialog
        open={leaving !== undefined}
        onOpenChange={(open) => {
          if (!open) setLeaving(undefined);
        }}
        title={`Delete “${leaving?.title ?? ""}”?`}
        description="It leaves this list with all its versions. Runs and comparisons made with it stay."
        footer={
          <>
            <Button onClick={() => setLeaving(undefined)}>Keep it</Button>
            <Button
              tone="danger"
              busy={remove.isPending}
              onClick={() => {
                if (leaving !== undefined) remove.mutate({ id: leaving.id });
              }}
            >
              Delete
            </Button>
          </>
        }
      />
    </>
  );
}
