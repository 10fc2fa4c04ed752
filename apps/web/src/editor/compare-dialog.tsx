"use client";
import { ComparisonDialog } from "../pipelines/comparison-dialog";
import { useEditor } from "./editor-context";

interface CompareParts {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly rows: number | undefined;
}

/** Compares this pipeline, as it is now, with others of the same problem. */
export function CompareDialog({ open, onOpenChange, rows }: CompareParts) {
  const { autosave, document } = useEditor();
  return (
    <ComparisonDialog
      open={open}
      onOpenChange={onOpenChange}
      problem={document.problem}
      rows={rows}
      subject={{
        id: autosave.pipeline.id,
        save: async () => {
          const saved = await autosave.saveNow();
          if (saved === undefined) return undefined;
          return { id: saved.id, ...(saved.readOnly ? {} : { version: saved.version }) };
        },
      }}
    />
  );
}
