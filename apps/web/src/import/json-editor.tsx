"use client";
import { TextArea } from "@seams/ui";
import { useState } from "react";
import { type Draft, readDraft } from "./draft";

/** problem.json itself, for what the form has no control for. Takes effect while it can be read. */
export function JsonEditor({
  draft,
  onChange,
}: {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}) {
  const [text, setText] = useState<string | undefined>(undefined);
  const isReadable = text === undefined || readDraft(text) !== undefined;
  return (
    <details className="rounded-lg border border-line bg-surface p-3">
      <summary className="min-h-6 text-sm font-medium">problem.json</summary>
      <TextArea
        aria-label="problem.json"
        aria-invalid={!isReadable}
        aria-describedby="problem-json-error"
        className="mt-3 h-96 w-full font-mono"
        value={text ?? JSON.stringify(draft, null, 2)}
        onChange={({ target: { value } }) => {
          setText(value);
          const written = readDraft(value);
          if (written !== undefined) onChange(written);
        }}
        onBlur={() => {
          if (isReadable) setText(undefined);
        }}
      />
      <p id="problem-json-error" className="text-sm text-danger">
        {isReadable ? "" : "This is not a problem.json; the last one that was is kept."}
      </p>
    </details>
  );
}
