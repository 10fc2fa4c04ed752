"use client";
import { type Diagnostic, readGraphDocument } from "@seams/core";
import { Button, DiagnosticItem } from "@seams/ui";
import { Clipboard, Download, Upload } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { useEditor } from "./editor-context";
import { downloadDocument } from "./download";

/** The document itself: to read, copy, keep as a file, or replace by another. */
export function JsonPanel() {
  const { document, edit, locked, announce } = useEditor();
  const text = useMemo(() => JSON.stringify(document, null, 2), [document]);
  const [found, setFound] = useState<readonly Diagnostic[]>([]);
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => setFound([]), [document]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      toast.success("Copied.");
    } catch {
      toast.error("The browser does not allow copying here. Select the text instead.");
    }
  };
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    const read = readGraphDocument(await chosen.text());
    setFound(read.diagnostics);
    const next = read.value;
    if (next === undefined)
      return announce(`${chosen.name} could not be read: ${read.diagnostics.length} problems.`);
    edit((before) => ({ ...next, problem: before.problem }));
    announce(`Took ${chosen.name} in place of what was here. Undo brings that back.`);
  };
  return (
    <div className="flex h-full flex-col gap-2 p-3">
      <div className="flex flex-wrap gap-2">
        <Button icon={<Clipboard aria-hidden size={16} />} onClick={() => void copy()}>
          Copy
        </Button>
        <Button icon={<Download aria-hidden size={16} />} onClick={() => downloadDocument(document)}>
          Export
        </Button>
        <Button
          icon={<Upload aria-hidden size={16} />}
          disabled={locked}
          onClick={() => file.current?.click()}
        >
          Import
        </Button>
        <input
          ref={file}
          type="file"
          accept="application/json,.json"
          className="hidden"
          aria-label="Graph document to import"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </div>
      {found.length === 0 ? null : (
        <ul aria-label="Problems of the imported file">
          {found.map((diagnostic, index) => (
            <li key={`${diagnostic.code}-${index}`}>
              <DiagnosticItem diagnostic={diagnostic} />
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre
        tabIndex={0}
        role="region"
        aria-label="Graph document"
        className="min-h-0 flex-1 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-sm"
      >
        {text}
      </pre>
    </div>
  );
}
