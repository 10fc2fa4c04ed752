"use client";
import { Badge, Button, Tooltip } from "@seams/ui";
import { CloudOff, LoaderCircle, TriangleAlert } from "lucide-react";
import type { Autosave } from "./autosave";

/** Where the latest changes are. */
export function SaveBadge({
  autosave: { state, pipeline, saveNow },
  onConflict,
}: {
  readonly autosave: Autosave;
  readonly onConflict: () => void;
}) {
  switch (state.is) {
    case "saved":
      return pipeline.readOnly ? (
        <Badge>Gallery · read-only</Badge>
      ) : (
        <span className="text-sm whitespace-nowrap text-quiet">Saved · version {state.version}</span>
      );
    case "saving":
      return (
        <span className="flex items-center gap-1 text-sm text-quiet">
          <LoaderCircle aria-hidden size={14} className="animate-spin" /> Saving
        </span>
      );
    case "offline":
      return (
        <Tooltip text="The API does not answer. Your changes are in this browser and are sent when it does.">
          <Button tone="quiet" icon={<CloudOff aria-hidden size={16} />} onClick={() => void saveNow()}>
            Offline – kept here
          </Button>
        </Tooltip>
      );
    case "conflict":
      return (
        <Button tone="danger" icon={<TriangleAlert aria-hidden size={16} />} onClick={onConflict}>
          Conflict
        </Button>
      );
    case "refused":
      return (
        <Tooltip text={state.reason}>
          <Button tone="danger" icon={<TriangleAlert aria-hidden size={16} />} onClick={() => void saveNow()}>
            Not saved
          </Button>
        </Tooltip>
      );
  }
}
