"use client";
import { Button, IconButton, TextInput, Tooltip } from "@seams/ui";
import { Columns2, GitFork, ListTree, PanelLeft, Play, Redo2, Undo2, Workflow } from "lucide-react";
import { useStore } from "zustand";
import { setTitle } from "./commands";
import { useEditor } from "./editor-context";
import { SaveBadge } from "./save-badge";

interface ToolbarParts {
  readonly outline: boolean;
  readonly onOutline: () => void;
  readonly palette: boolean;
  readonly onPalette: () => void;
  readonly onArrange: () => void;
  readonly onFork: () => void;
  readonly onConflict: () => void;
  readonly onTrain: () => void;
  readonly onCompare: () => void;
}

/** The editor's top: title, where the changes are, and what can be done with the whole pipeline. */
export function Toolbar(parts: ToolbarParts) {
  const { document, edit, editor, autosave, diagnostics, compilation, locked } = useEditor();
  const canUndo = useStore(editor.store.temporal, (state) => state.pastStates.length > 0);
  const canRedo = useStore(editor.store.temporal, (state) => state.futureStates.length > 0);
  const firstError = diagnostics.find(({ severity }) => severity === "error");
  const isReady = compilation?.plan !== undefined && firstError === undefined;
  return (
    <div
      role="toolbar"
      aria-label="Pipeline"
      className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-surface px-3"
    >
      <IconButton
        label={parts.palette ? "Hide the stages" : "Show the stages"}
        pressed={parts.palette}
        icon={<PanelLeft aria-hidden size={16} />}
        onClick={parts.onPalette}
      />
      <TextInput
        aria-label="Title of the pipeline"
        className="w-64 min-w-24 shrink !border-transparent !bg-transparent font-semibold hover:!border-edge focus:!border-edge"
        maxLength={80}
        disabled={locked}
        value={document.title}
        onChange={(event) => edit((before) => setTitle(before, event.target.value), "pipeline title")}
      />
      <SaveBadge autosave={autosave} onConflict={parts.onConflict} />
      {autosave.pipeline.readOnly ? (
        <Tooltip text="Your first edit does this by itself.">
          <Button icon={<GitFork aria-hidden size={16} />} onClick={parts.onFork}>
            Fork & edit
          </Button>
        </Tooltip>
      ) : null}
      <span className="flex-1" />
      <IconButton
        label="Undo"
        keys="Ctrl+Z"
        disabled={!canUndo}
        icon={<Undo2 aria-hidden size={16} />}
        onClick={() => editor.undo()}
      />
      <IconButton
        label="Redo"
        keys="Ctrl+Shift+Z"
        disabled={!canRedo}
        icon={<Redo2 aria-hidden size={16} />}
        onClick={() => editor.redo()}
      />
      <IconButton
        label="Arrange the stages"
        keys="L"
        disabled={locked}
        icon={<Workflow aria-hidden size={16} />}
        onClick={parts.onArrange}
      />
      <IconButton
        label="Outline"
        keys="Alt+O"
        pressed={parts.outline}
        icon={<ListTree aria-hidden size={16} />}
        onClick={parts.onOutline}
      />
      <span aria-hidden className="mx-1 h-6 w-px bg-line" />
      <RunButton
        title="Compare…"
        icon={<Columns2 aria-hidden size={16} />}
        reason={isReady ? undefined : (firstError?.message ?? "Compiling…")}
        onRun={parts.onCompare}
      />
      <RunButton
        title="Train"
        icon={<Play aria-hidden size={16} />}
        tone="primary"
        reason={isReady ? undefined : (firstError?.message ?? "Compiling…")}
        onRun={parts.onTrain}
      />
    </div>
  );
}

interface RunButtonParts {
  readonly title: string;
  readonly icon: React.ReactNode;
  readonly tone?: "primary" | "plain";
  /** Why it can't be pressed now. */
  readonly reason: string | undefined;
  readonly onRun: () => void;
}

/** Stays focusable when it can't be pressed, so that its reason can be read. */
function RunButton({ title, icon, tone = "plain", reason, onRun }: RunButtonParts) {
  const button = (
    <Button
      tone={tone}
      icon={icon}
      aria-disabled={reason !== undefined}
      className={reason === undefined ? "" : "cursor-not-allowed"}
      onClick={reason === undefined ? onRun : undefined}
    >
      {title}
    </Button>
  );
  return reason === undefined ? button : <Tooltip text={reason}>{button}</Tooltip>;
}
