"use client";
import { Button, Dialog, readFailure } from "@seams/ui";
import { useState } from "react";
import { toast } from "sonner";
import { useTRPCClient } from "../trpc";
import { DiffWords } from "./diff-words";
import { useEditor } from "./editor-context";
import type { GraphDocument } from "@seams/core";

interface ConflictParts {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onMoved: (id: string) => void;
}

/** Somebody saved on top of the version that this editor started from: nobody's work is written over. */
export function ConflictDialog({ open, onOpenChange, onMoved }: ConflictParts) {
  const { editor, document, autosave } = useEditor();
  const client = useTRPCClient();
  const [theirs, setTheirs] = useState<GraphDocument | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toast.error(readFailure(error).title);
    } finally {
      setBusy(false);
    }
  };
  const fetchTheirs = () => client.pipelines.get.query({ id: autosave.pipeline.id });
  const keepMine = () =>
    attempt(async () => {
      const mine = { ...document, title: `${document.title} (mine)`.slice(0, 80) };
      const { id, version } = await client.pipelines.create.mutate({ document: mine });
      editor.replace(mine);
      autosave.settle({ id, version, readOnly: false }, mine);
      onMoved(id);
      onOpenChange(false);
    });
  const takeTheirs = () =>
    attempt(async () => {
      const stored = await fetchTheirs();
      editor.replace(stored.document);
      autosave.settle({ id: stored.id, version: stored.version, readOnly: stored.readOnly }, stored.document);
      onOpenChange(false);
    });
  const showDiff = () => attempt(async () => setTheirs((await fetchTheirs()).document));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="medium"
      title="Somebody saved a newer version"
      description="Your changes are kept in this browser until you choose."
      footer={
        <>
          <Button busy={busy} onClick={() => void showDiff()}>
            Show the difference
          </Button>
          <Button busy={busy} onClick={() => void takeTheirs()}>
            Take theirs
          </Button>
          <Button tone="primary" busy={busy} onClick={() => void keepMine()}>
            Keep mine as a fork
          </Button>
        </>
      }
    >
      {theirs === undefined ? (
        <p className="text-sm text-quiet">
          Both versions stay: theirs here, yours as a pipeline of its own, if you like.
        </p>
      ) : (
        <DiffWords before={theirs} after={document} />
      )}
    </Dialog>
  );
}
