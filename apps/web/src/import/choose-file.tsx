"use client";
import { Button, Field, TextInput } from "@seams/ui";
import clsx from "clsx";
import { FileUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { IMPORT_LIMITS } from "./upload";

interface ChooseFileParts {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onFile: (file: File) => void;
}

const FORMATS = [
  ["Tables", "CSV, TSV, JSONL, Parquet: a row a record, a column a field. An empty cell is a missing value."],
  [
    "Images or recordings",
    "A zip of PNG, JPEG or WAV files in folders named after their classes, or with a table that names them.",
  ],
  ["Arrays", ".npz or IDX files, first axis the record."],
  ["A problem folder", "A zip with its problem.json, as `seams import` writes it."],
] as const;

/** The file to import: dropped or chosen, with what is taken and how much of it. */
export function ChooseFile({ name, onName, onFile }: ChooseFileParts) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) onFile(file);
  };
  return (
    <div className="grid gap-6 lg:grid-cols-[1fr_20rem]">
      <div className="flex flex-col gap-4">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first */}
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={onDrop}
          className={clsx(
            "flex flex-col items-center gap-3 rounded-lg border border-dashed px-6 py-16 text-center",
            over ? "border-accent bg-accent-soft" : "border-edge bg-surface",
          )}
        >
          <FileUp aria-hidden size={28} className="text-quiet" />
          <p className="font-semibold">Drop a file here</p>
          <Button tone="primary" onClick={() => input.current?.click()}>
            Choose a file
          </Button>
          <input
            ref={input}
            type="file"
            aria-label="File to import"
            tabIndex={-1}
            className="sr-only"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) onFile(file);
              event.target.value = "";
            }}
          />
          <p className="max-w-prose text-sm text-quiet">
            You see what was understood, and can correct it. Nothing is stored before you say so.
          </p>
        </div>
        <div className="max-w-sm">
          <Field label="Name of the problem" help="Empty: the file's name.">
            {(ids) => (
              <TextInput
                {...ids}
                value={name}
                maxLength={80}
                onChange={(event) => onName(event.target.value)}
              />
            )}
          </Field>
        </div>
      </div>
      <aside aria-label="What can be imported" className="flex flex-col gap-5 text-sm">
        <dl className="flex flex-col gap-3">
          {FORMATS.map(([title, words]) => (
            <div key={title}>
              <dt className="font-semibold">{title}</dt>
              <dd className="text-quiet">{words}</dd>
            </div>
          ))}
        </dl>
        <div>
          <h2 className="font-semibold">Limits</h2>
          <ul className="list-disc pl-4 text-quiet">
            {IMPORT_LIMITS.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </div>
      </aside>
    </div>
  );
}
